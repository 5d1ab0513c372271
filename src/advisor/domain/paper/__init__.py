"""What the pages handed over say, frozen before anything is drawn."""
