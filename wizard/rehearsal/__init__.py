"""Rehearsal: the whole deployment on this machine, against a local Railway that really builds and runs it."""
