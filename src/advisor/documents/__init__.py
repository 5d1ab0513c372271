"""What is handed over: pages made from frozen domain objects."""
