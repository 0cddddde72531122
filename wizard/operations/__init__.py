"""What an operator asks of an environment outside a run: its status, logs, checklist, cost, and its end."""
