"""Questions in front of a screen; each returns a value."""
