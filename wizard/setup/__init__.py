"""The guided set-up as a sequence of steps without a face: what to read, what to answer, what to run."""
