"""Frames, geometry, dates, joins, filters and exports: all that needs no map and no page."""
