"""The pack itself: written, signed, installed, read."""
