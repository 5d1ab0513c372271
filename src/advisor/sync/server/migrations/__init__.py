"""The history of the central store's shape; a migration imports nothing of ours."""
