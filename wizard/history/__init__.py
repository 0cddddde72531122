"""What runs left behind on this machine: their events without log lines, one file a run; a memory, never the truth."""
