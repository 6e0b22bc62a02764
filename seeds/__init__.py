"""Built-in data of the atlas and the recipes that make it."""
