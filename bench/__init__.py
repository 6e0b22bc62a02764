"""Benchmarks: how long things take beside the plain way of doing the same."""
