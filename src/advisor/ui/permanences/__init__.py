"""Permanences: sessions by month and département, slots, walk-ins, bookings brought in."""
