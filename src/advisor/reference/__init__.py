"""The read-only pack of public facts: built, verified, opened, searched, installed."""
