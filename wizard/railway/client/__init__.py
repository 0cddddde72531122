"""Generated from operations.graphql by tools/generate_client.py; never edited."""
