"""Names folded: the same name by another hand gives the same letters.

Three steps, each coarser than the one before: :func:`fold` keeps words,
:func:`key` the letters alone, :func:`sound` what is left where one name is written
in Latin letters, or in Persian, Pashto and Urdu, in several ways.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

MOST_LETTERS: Final = 120
"""Longer texts are cut: no name of a place comes near."""

# Letters that Arabic, Persian, Pashto and Urdu write differently for one another.
_ONE_LETTER: Final = {
    **dict.fromkeys("يىېۍےئ", "ی"),
    **dict.fromkeys("كڪګ", "ک"),
    **dict.fromkeys("ةہۀەھۂۃ", "ه"),
    **dict.fromkeys("أإآٱ", "ا"),
    **dict.fromkeys("ؤۇۆ", "و"),
    **dict.fromkeys("ټٹ", "ت"),
    **dict.fromkeys("ډڈ", "د"),
    **dict.fromkeys("ړڑ", "ر"),
    **dict.fromkeys("ڼںڻ", "ن"),
    "ګ": "گ",
    "ښ": "ش",
    "ږ": "ژ",
}
# Apostrophes, the signs for ayn and hamza, joiners and the stretching line: nothing.
_NOTHING: Final = "'`´‘’ʻʼʽʾʿˈ′\u200b\u200c\u200d\u200e\u200f\u2060\ufeffـء"
_LETTERS: Final = str.maketrans(_ONE_LETTER | dict.fromkeys(_NOTHING, ""))
_BETWEEN: Final = re.compile(r"[\W_]+")

# Words that say what a place is; at the start or end of a name they are not the name.
_KINDS: Final[dict[str, str]] = {
    **dict.fromkeys(
        [
            "district",
            "districts",
            "dist",
            "distt",
            "tehsil",
            "tahsil",
            "agency",
            "county",
            "subdistrict",
            "uluswali",
            "ulswali",
            "woluswali",
            "wuleswali",
            "wuluswali",
            "wuliswali",
            "oluswali",
            "nohiya",
            "tuman",
            "tumani",
            "rayon",
            "raion",
            "etrap",
            "ولسوالی",
            "اولسوالی",
            "ضلع",
            "شهرستان",
            "تحصیل",
            "ایجنسی",
            "район",
            "ноҳия",
        ],
        "district",
    ),
    **dict.fromkeys(
        [
            "province",
            "prov",
            "wilayat",
            "wilayah",
            "welayat",
            "velayat",
            "vilayat",
            "viloyat",
            "viloyati",
            "oblast",
            "ostan",
            "ولایت",
            "صوبه",
            "استان",
            "область",
            "вилоят",
        ],
        "province",
    ),
    **dict.fromkeys(
        [
            "city",
            "town",
            "township",
            "village",
            "municipality",
            "شهر",
            "ښار",
            "شار",
            "قریه",
            "قصبه",
            "город",
        ],
        "town",
    ),
    **dict.fromkeys(["crossing", "گذرگاه", "گزرگاه"], "crossing"),
}
_FILLERS: Final = frozenset({"of", "the", "د", "border", "tribal", "point"})

_JOINING: Final = frozenset({"e", "i", "y", "ye", "yi", "wa", "aw", "va", "o", "u", "و"})
_SOUNDS: Final = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        (r"[ae][iy]", "ai"),
        (r"[ao][uw](?![aeiouy])", "u"),
        (r"ee|[ey]", "i"),
        (r"oo|o", "u"),
        (r"q", "k"),
        (r"w", "v"),
        (r"(?<=[aiu])h\b", ""),
        (r"[طت]", "ت"),
        (r"[صثس]", "س"),
        (r"[ذضظز]", "ز"),
        (r"[حه]", "ه"),
        (r"[قک]", "ک"),
        (r"ع", ""),
        (r"(.)\1+", r"\1"),
    )
)


def fold(text: str) -> str:
    """Fold a name to small letters without marks, words apart by one space.

    Parameters
    ----------
    text
        Anything; what is beyond ``MOST_LETTERS`` is cut.

    Returns
    -------
    str
        Letters and figures of any script; folding it again changes nothing.
    """
    return _fold(text[:MOST_LETTERS])


@lru_cache(maxsize=4096)
def _fold(text: str) -> str:
    if text.isascii():
        small = text.translate(_LETTERS).lower()
    else:
        # Twice: what small letters bring about may come apart again.
        small = _unmarked(_unmarked(text).casefold())
    return " ".join(_BETWEEN.sub(" ", small).split())[:MOST_LETTERS].rstrip()


def _unmarked(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text)
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return bare.translate(_LETTERS)


_KIND_WORDS: Final = {fold(word): kind for word, kind in _KINDS.items()}


def key(folded: str) -> str:
    """Give the letters of a folded name without its spaces: ``miranshah``."""
    return folded.replace(" ", "")


def split_kind(folded: str) -> tuple[str, str]:
    """Take words such as "district" or "ولسوالی" off a folded name.

    Parameters
    ----------
    folded
        As :func:`fold` gives.

    Returns
    -------
    tuple of str
        The name without them, and the kind that they say (``town``, ``district``,
        ``province``, ``crossing``), empty if none. A name of nothing else stays.
    """
    words, kind = folded.split(), ""
    while len(words) > 1:
        at = next((at for at in (-1, 0) if words[at] in _KIND_WORDS or words[at] in _FILLERS), None)
        if at is None:
            break
        said = _KIND_WORDS.get(words.pop(at), "")
        kind = kind or said
    return " ".join(words), kind


def sound(folded: str) -> str:
    """Give the letters of a folded name as they sound: ``surkhrud`` for *Sorkh Rod*.

    Short vowels, q and k, v and w, the many Persian letters for one sound, double
    letters and joining words (*-e*, *-i*, *wa*) are written by each author in a
    different way. Names that sound alike are one name only where no other does.
    """
    words = [word for word in folded.split() if word not in _JOINING] or folded.split()
    text = " ".join(words)
    for pattern, to in _SOUNDS:
        text = pattern.sub(to, text)
    return text.replace(" ", "")
