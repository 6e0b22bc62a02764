"""The exceptions of the project, one tree.

A message says what is wrong, where, what was got, and what to do; the
command line prints it as one line and the app shows it as it stands.
"""

from __future__ import annotations


class AtlasError(Exception):
    """Anything the user can mend: the message is meant for them."""


class SeedError(AtlasError):
    """A file of the built-in data is missing, altered or out of its schema."""


class RecordError(AtlasError):
    """Records could not be read: names the file, row, column and value."""


class CRSError(AtlasError):
    """A frame is not in the coordinate reference system a step needs."""


class DateError(AtlasError, ValueError):
    """A text is not a year, a month or a day."""


class ExportError(AtlasError):
    """A file cannot be written as asked."""


class ManifestError(AtlasError):
    """A file holds no manifest, or one that cannot be read."""


class FilterError(AtlasError):
    """A filter has a value that the data or its vocabulary does not know."""


class AreaError(AtlasError, ValueError):
    """A text is not a box, a circle or a polygon."""


class QuantityError(AtlasError, ValueError):
    """A text is not a quantity with a unit."""


class ImportFileError(AtlasError):
    """A file cannot be imported as it is: names the file, what is wrong and what to do."""
