"""Past runs: the list, the report of one, two beside each other."""
