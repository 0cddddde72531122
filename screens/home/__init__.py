"""The first screen: three uses, one key each."""
