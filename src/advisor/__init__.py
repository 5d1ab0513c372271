"""Offline adviser: places, aids and steps for health professionals who want to practise."""

__version__ = "0.1.0"
