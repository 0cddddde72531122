"""The command line: the only package of `wizard` that knows a terminal."""
