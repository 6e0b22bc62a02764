"""Recipes that rebuild the seeds; needed only when rebuilding, never at run time."""
