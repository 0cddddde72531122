"""The checklist of variables: what is missing, what differs, who acts, and every way to change it; never a value."""
