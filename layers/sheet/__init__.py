"""The cartographic sheet of a snapshot: a page for print, drawn by Matplotlib."""

from layers.sheet.output import sheet_bytes
from layers.sheet.render import draw_sheet

__all__ = ["draw_sheet", "sheet_bytes"]
