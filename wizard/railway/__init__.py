"""The adapter for Railway: a generated typed client, one transport, streams, and the ports made of them."""
