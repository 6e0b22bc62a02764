"""Fuzzing guided by coverage: ``python -m tests.fuzz`` (or ``make fuzz``)."""
