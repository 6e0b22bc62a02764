"""In which encoding and layout a text file is written."""

from __future__ import annotations

import codecs
import re
from typing import Final

import charset_normalizer
import clevercsv

from geo.errors import ImportFileError

SAMPLE_BYTES: Final = 1_000_000
DIALECT_LETTERS: Final = 20_000
DIALECT_LINES: Final = 60
DELIMITERS: Final = (",", ";", "\t", "|", ":", "^", "~")

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_GUESSED: Final = (
    *("cp1252", "cp1256", "cp1251", "cp1250", "cp1254", "iso8859_6"),
    *("utf_16_le", "utf_16_be", "koi8_r", "gb18030"),
)
_RARE: Final = ("mac_roman", "cp437")
"""Asked for only where no other reads the text: a few letters of cp1252 look like theirs."""

_WORD_LETTERS: Final = 60
_LONG_WORD: Final = re.compile(r"""[^\s,;|:^~"']{60,}""")
_SIGNS: Final = frozenset("–—‘’“”„‚•…€£§°²½·×«»\xa0")
_ALPHABETS: Final = {
    "cp1252": _SIGNS | set("àâäáåæçèêëéîïíìñôöóòøœùûüúßÿÀÂÄÁÅÆÇÈÊËÉÎÏÍÌÑÔÖÓÒØŒÙÛÜÚŸ"),
    "cp1254": _SIGNS | set("çğıöşüâîûÇĞİÖŞÜÂÎÛ"),
}
"""Letters of the languages that are written in each; õ and ã are Hungarian and Romanian too."""

_COMMON: Final = frozenset("оеаинтсрОЕАИНТСР")
_COMMON_SHARE: Final = 0.45
_FEW_LETTERS: Final = 8
_PLAIN_SHARE: Final = 0.5
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_WORD: Final = re.compile(rb"[A-Za-z\x80-\xff]+")
_MANY: Final = 0.02
_FEW_NULS: Final = 0.05


def find_encoding(sample: bytes, file: str) -> str:
    """Tell in which encoding a text is written.

    Text that is UTF-8 but for a few bytes counts as UTF-8: the rows that those
    are in are for the reader to refuse.

    Parameters
    ----------
    sample
        The beginning of the file.
    file
        Its name, for the message.

    Returns
    -------
    str
        Name of a codec of Python's.

    Raises
    ------
    ImportFileError
        If it is no text.
    """
    encoding = _encoding_of(sample)
    text = sample.decode(encoding, "replace") if encoding else ""
    if encoding is None or len(_CONTROLS.findall(text)) > _MANY * max(len(text), 1):
        msg = (
            f"{file} is no text file and of no other format that is read; "
            "give CSV, XLSX, GeoJSON, GeoPackage or Parquet, or a ZIP of them."
        )
        raise ImportFileError(msg)
    return encoding


def _encoding_of(sample: bytes) -> str | None:
    for mark, name in _BOMS:
        if sample.startswith(mark):
            return name
    plain = sample.replace(b"\0", b"")
    # Every second byte of UTF-16 is one; a few are dirt, which the reader leaves out.
    if len(sample) - len(plain) <= _FEW_NULS * len(sample):
        text = plain.decode("utf-8", "surrogateescape")
        # A sample that is not the whole file may end within a letter.
        sure = text[:-4] if len(sample) == SAMPLE_BYTES else text
        bad = sum("\udc80" <= letter <= "\udcff" for letter in sure)
        good = sum(letter > "\x7f" for letter in text) - bad
        if bad == 0 or good > bad:
            return "utf-8"
    if _is_arabic(sample):
        return "cp1256"
    if known := _by_alphabet(sample) or _russian(sample):
        return known
    for guessed in (_GUESSED, _RARE):
        found = charset_normalizer.from_bytes(sample[:100_000], cp_isolation=list(guessed)).best()
        if found is not None:
            # Where both read the same, the commoner name is told.
            return "cp1252" if "cp1252" in found.could_be_from_charset else str(found.encoding)
    return None


def _by_alphabet(sample: bytes) -> str:
    """Tell an old code page by its letters, of which a few words must do; empty: it is none.

    Words of western Europe and of Turkey have one such letter among several plain ones.
    """
    high = [word for word in _WORD.findall(sample) if any(byte > 127 for byte in word)]
    plain = sum(byte < 128 for word in high for byte in word)
    if plain < _PLAIN_SHARE * sum(byte > 127 for word in high for byte in word):
        return ""
    for encoding, letters in _ALPHABETS.items():
        try:
            found = b" ".join(high).decode(encoding)
        except UnicodeDecodeError:
            continue
        if {letter for letter in found if letter > "\x7f"} <= letters:
            return encoding
    return ""


def _russian(sample: bytes) -> str:
    """Tell an old code page of Russian by its commonest letters; empty: it is none."""
    whole = [word for word in _WORD.findall(sample) if all(byte > 127 for byte in word)]
    letters = b"".join(whole)
    if len(letters) < _FEW_LETTERS:
        return ""
    texts = {encoding: letters.decode(encoding, "replace") for encoding in ("cp1251", "koi8_r")}
    shares = {
        encoding: sum(letter in _COMMON for letter in text) if text.isalpha() else 0
        for encoding, text in texts.items()
    }
    best = max(shares, key=lambda encoding: shares[encoding])
    return best if shares[best] >= _COMMON_SHARE * len(letters) else ""


def _is_arabic(sample: bytes) -> bool:
    """Tell Persian, Pashto or Urdu in the old Arabic code page, of which a few words must do.

    Its words have no ASCII letters among the others, as those of western Europe do,
    and seldom the bytes that are a third of Russian.
    """
    words = [word for word in _WORD.findall(sample) if any(byte > 127 for byte in word)]
    whole = [word for word in words if all(byte > 127 for byte in word)]
    high = b"".join(whole)
    rare = sum(byte >= 0xF0 for byte in high)
    return len(whole) > 0.8 * len(words) and len(high) > 3 and rare < 0.1 * len(high)


def find_dialect(text: str) -> tuple[str, str]:
    """Tell by which characters the cells of a text are parted and quoted.

    Parameters
    ----------
    text
        The beginning of the file.

    Returns
    -------
    delimiter, quote : str
        A comma and a double quote where there is nothing to tell them by.
    """
    head = text[:DIALECT_LETTERS]
    lines = head.splitlines(keepends=True)[:DIALECT_LINES]
    hint = re.fullmatch(r"sep=(.)\s*", lines[0]) if lines else None
    if hint:
        return hint[1], '"'
    # The last line may be cut.
    whole = "".join(lines[:-1] if len(lines) > 2 and len(text) > len(head) else lines)
    simple = _by_heading(lines)
    try:
        # Its patterns take very long on very long words.
        short = _LONG_WORD.sub(lambda word: word[0][:_WORD_LETTERS], whole)
        found = clevercsv.Sniffer().sniff(short, delimiters=DELIMITERS)
    except (clevercsv.Error, ValueError, IndexError, RecursionError):
        return simple, '"'
    delimiter = found.delimiter if found and found.delimiter else simple
    quote = found.quotechar if found and found.quotechar in ("'", '"') else '"'
    # A detector weighs the whole; a heading of many names parted by one sign is surer.
    return (simple if lines and lines[0].count(simple) >= 3 else delimiter), quote


def _by_heading(lines: list[str]) -> str:
    heading = lines[0] if lines else ""
    counts = {each: heading.count(each) for each in (",", ";", "\t", "|")}
    best = max(counts, key=lambda each: counts[each])
    return best if counts[best] else ","
