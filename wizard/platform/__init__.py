"""The ports: what the engine asks of any platform, as protocols, handles, states and capabilities."""
