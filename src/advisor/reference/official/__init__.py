"""The official sources fetched when a network is there."""
