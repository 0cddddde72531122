"""What the local Railway knows, and the rules by which it changes."""
