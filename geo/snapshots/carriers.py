"""Manifests inside pictures, pages and slides: put in and taken out again.

Files of data carry theirs by :mod:`geo.formats`.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING, Final

import pikepdf
from PIL import Image, UnidentifiedImageError

if TYPE_CHECKING:
    from collections.abc import Callable

NAME: Final = "khyber-manifest"
"""Name of the text chunk, the attached file or the element that holds the manifest."""

PART: Final = f"{NAME}.json"
_PNG_HEAD_BYTES: Final = 33
_RELATION: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml"
_BLOCK: Final = f'<script type="application/json" id="{NAME}">'
_METADATA: Final = f'<metadata id="{NAME}">'


def put_manifest(content: bytes, suffix: str, text: str) -> bytes:
    """Put a manifest into a file's content.

    Parameters
    ----------
    content
        A whole file.
    suffix
        One of ``CARRIERS``.
    text
        As :func:`geo.snapshots.manifest.manifest_text` writes it.

    Returns
    -------
    bytes
        The same picture, page or slides; the same bytes for the same input.
    """
    return _PUT[suffix](content, text)


def get_manifest(content: bytes, suffix: str) -> str | None:
    """Take a manifest's text out of a file's content; ``None``: there is none."""
    return _GET[suffix](content)


def _put_png(content: bytes, text: str) -> bytes:
    # After the head, before the pixels: it is read without decoding them.
    chunk = b"tEXt" + NAME.encode() + b"\0" + text.encode("ascii")
    size, crc = struct.pack(">I", len(chunk) - 4), struct.pack(">I", zlib.crc32(chunk))
    return content[:_PNG_HEAD_BYTES] + size + chunk + crc + content[_PNG_HEAD_BYTES:]


def _get_png(content: bytes) -> str | None:
    try:
        with Image.open(io.BytesIO(content), formats=["PNG"]) as image:
            text = image.info.get(NAME)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError):
        return None
    return text if isinstance(text, str) else None


def _put_pdf(content: bytes, text: str) -> bytes:
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        spec = pikepdf.AttachedFileSpec(
            pdf,
            text.encode("ascii"),
            description="What this map was made from",
            filename=PART,
            mime_type="application/json",
            creation_date="",
            mod_date="",
        )
        pdf.attachments[PART] = spec
        pdf.save(written, deterministic_id=True)
    return written.getvalue()


def _get_pdf(content: bytes) -> str | None:
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            if PART not in pdf.attachments:
                return None
            return pdf.attachments[PART].get_file().read_bytes().decode("ascii", "replace")
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError):
        return None


def _put_svg(content: bytes, text: str) -> bytes:
    return _before_last(content, b"</svg>", f"{_METADATA}{text}</metadata>\n".encode())


def _get_svg(content: bytes) -> str | None:
    return _between(content, _METADATA, "</metadata>")


def _put_html(content: bytes, text: str) -> bytes:
    head, end, rest = content.partition(b"</head>")
    return head + f"{_BLOCK}{text}</script>".encode() + end + rest


def _get_html(content: bytes) -> str | None:
    return _between(content, _BLOCK, "</script>")


def _before_last(content: bytes, mark: bytes, addition: bytes) -> bytes:
    head, end, rest = content.rpartition(mark)
    return head + addition + end + rest


def _between(content: bytes, start: str, end: str) -> str | None:
    pattern = re.escape(start.encode()) + b"(.*?)" + re.escape(end.encode())
    found = re.search(pattern, content, re.DOTALL)
    return found[1].decode("ascii", "replace") if found else None


def _put_pptx(content: bytes, text: str) -> bytes:
    """Add a part to an Office package; all its parts get one fixed date."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(written, "w") as new:
        for name in old.namelist():
            _add(new, name, _declared(name, old.read(name)))
        _add(new, PART, text.encode("ascii"))
    return written.getvalue()


def _add(package: zipfile.ZipFile, name: str, part: bytes) -> None:
    member = zipfile.ZipInfo(name)  # dated 1 January 1980
    member.compress_type = zipfile.ZIP_DEFLATED
    package.writestr(member, part)


def _declared(name: str, part: bytes) -> bytes:
    """Name the manifest in the package's lists of parts, or Office would call it damaged."""
    if name == "[Content_Types].xml":
        kind = f'<Override PartName="/{PART}" ContentType="application/json"/>'
        return _before_last(part, b"</Types>", kind.encode())
    if name == "_rels/.rels":
        relation = f'<Relationship Id="{NAME}" Type="{_RELATION}" Target="{PART}"/>'
        return _before_last(part, b"</Relationships>", relation.encode())
    return part


def _get_pptx(content: bytes) -> str | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return package.read(PART).decode("ascii", "replace")
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, zlib.error, NotImplementedError):
        return None


_PUT: Final[dict[str, Callable[[bytes, str], bytes]]] = {
    "png": _put_png,
    "pdf": _put_pdf,
    "svg": _put_svg,
    "html": _put_html,
    "pptx": _put_pptx,
}
_GET: Final[dict[str, Callable[[bytes], str | None]]] = {
    "png": _get_png,
    "pdf": _get_pdf,
    "svg": _get_svg,
    "html": _get_html,
    "pptx": _get_pptx,
}
CARRIERS: Final = tuple(_PUT)
"""Suffixes of the files that :func:`put_manifest` knows."""
