"""Other sources' files made into records: read, mapped, placed, checked, nothing lost."""
