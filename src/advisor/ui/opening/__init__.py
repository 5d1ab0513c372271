"""The door: choosing the passphrase once, opening with it, locking and opening again."""
