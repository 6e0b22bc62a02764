"""How frames become map layers: one registry, one style, one legend."""
