"""The Textual face of the wizard: shows what the engine says and asks what the engine asks; it does nothing else."""
