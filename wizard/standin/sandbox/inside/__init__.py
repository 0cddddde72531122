"""What runs inside: scripts for bare interpreters that import nothing but the standard library and one another."""
