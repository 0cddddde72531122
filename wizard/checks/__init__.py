"""What verification can check on a deployed application: one module a check, each says what it saw."""
