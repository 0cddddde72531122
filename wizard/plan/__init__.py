"""The plan file `wizard.toml`: what a team wants deployed, committed beside the code and free of secrets."""
