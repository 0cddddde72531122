"""What the operator's repository is, read without running any of it: `ast` for Python, tree-sitter for JS and TS.

Every fact carries the file and line it was read from. A file that cannot be read becomes an `Unreadable` fact,
never an exception.
"""
