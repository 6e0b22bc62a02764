"""Snapshots prove themselves: what a file was made from, carried in the file."""
