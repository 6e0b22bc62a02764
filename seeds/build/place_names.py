"""Spellings of places: what makes two of them one, and which are worth keeping."""

from __future__ import annotations

import re
from collections.abc import Iterable

from seeds.build.gazetteer import OFFICE, fold

# Latin names of units that are written along with the name itself.
RANK = re.compile(
    r"^(Shahrestan-e|Nohiyai|Shahri) "
    r"| ([Dd]istrict|County|Agency|Protected Area|[Tt]umani|Shahri|Etrap)$"
)
OFFICE_AFTER = re.compile(r" W[a-z]+swali$")
LATIN = re.compile(r"[A-Z][A-Za-z .'()-]*")
CYRILLIC = re.compile(r"[\u0400-\u04ff -]+")
# Arabic script, less the vowels that only Uyghur and its like write.
ARABIC = re.compile(r"[\u0600-\u06ff\u200c -]+")
NOT_READ_HERE = re.compile("[ەېۆۇۈۋ]")


def town_name(text: str) -> str:
    """Return a town's name in plain letters, without words for a district's office."""
    return OFFICE_AFTER.sub("", OFFICE.sub("", fold(text).strip()))


def district_name(text: str) -> str:
    """Return a district's name in plain letters, without its rank."""
    return RANK.sub("", fold(text)).strip()


def same(text: str) -> str:
    """Return what makes two spellings one: letters, without case, marks, rank or office."""
    plain = RANK.sub("", town_name(text))
    return "".join(character for character in plain.casefold() if character.isalnum())


def distinct(names: Iterable[str], own: str) -> list[str]:
    """Keep names in scripts that are read here, without repeats of each other or of one."""
    seen, kept = {same(own), ""}, []
    for name in names:
        plain = fold(name).strip()
        latin = LATIN.fullmatch(plain) is not None
        arabic = ARABIC.fullmatch(name) and not NOT_READ_HERE.search(name)
        read = latin or arabic or CYRILLIC.fullmatch(name)
        airport = len(plain) == 3 and plain.isupper()
        if read and not airport and same(name) not in seen:
            seen.add(same(name))
            kept.append(plain if latin else name.strip())
    return kept
