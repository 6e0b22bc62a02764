"""Charts of counts, in the map's colours (Vega-Lite through Altair)."""
