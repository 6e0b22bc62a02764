"""What Natural Earth's province table says, put right: codes, English names, notes.

Natural Earth names two polygons Parwan and two Uruzgan, has the codes of Paktya
and Paktika the wrong way round, and keeps codes of Iran from before 2020. The
English names are the spelling that the records use.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

KP_MERGER = "2018-05-31"  # first day of Khyber Pakhtunkhwa with the former FATA
KP_BEFORE_LAST = "2018-05-30"

_NE_PANJSHIR = 1159312097  # called Parwan there
_NE_DAYKUNDI = 1159312063  # called Uruzgan there
_NE_ALBORZ = 1159317125  # has Tehran's code there


@dataclass(frozen=True, kw_only=True)
class Unit:
    """A province or unit of the same rank: its codes, names and dates."""

    unit: str
    iso_3166_2: str
    country: str
    name: str
    name_fa: str | None
    name_ur: str | None
    valid_from: str | None = None
    valid_to: str | None = None
    note: str | None = None


# By Natural Earth's ne_id: code, English name, Persian, Urdu, note.
_BY_ID = {
    _NE_PANJSHIR: (
        "AF-PAN",
        "Panjshir",
        "ولایت پنجشیر",
        "صوبہ پنجشیر",
        "Apart from Parwan since 2004.",
    ),
    _NE_DAYKUNDI: (
        "AF-DAY",
        "Daykundi",
        "ولایت دایکندی",
        "صوبہ دایکندی",
        "Apart from Uruzgan since 2004.",
    ),
}

# By the code as Natural Earth has it; the right code where that one is wrong or old.
_CODES = {
    "AF-PKA": "AF-PIA",  # its AF-PKA is Paktya's polygon
    "AF-PIA": "AF-PKA",
    "TJ-X01~": "TJ-RA",
    "IR-01": "IR-03",
    "IR-02": "IR-04",
    "IR-03": "IR-24",
    "IR-04": "IR-10",
    "IR-05": "IR-16",
    "IR-06": "IR-18",
    "IR-07": "IR-23",
    "IR-08": "IR-14",
    "IR-10": "IR-06",
    "IR-11": "IR-19",
    "IR-12": "IR-20",
    "IR-13": "IR-11",
    "IR-14": "IR-07",
    "IR-15": "IR-08",
    "IR-16": "IR-12",
    "IR-17": "IR-05",
    "IR-18": "IR-17",
    "IR-19": "IR-01",
    "IR-20": "IR-15",
    "IR-21": "IR-02",
    "IR-22": "IR-00",
    "IR-23": "IR-22",
    "IR-24": "IR-13",
    "IR-25": "IR-21",
    "IR-26": "IR-25",
    "IR-27": "IR-27",
    "IR-28": "IR-26",
    "IR-29": "IR-29",
    "IR-30": "IR-09",
    "IR-31": "IR-28",
}

# English names by the right code, where Natural Earth's `name` is not the records' spelling.
_NAMES = {
    "PK-KP": "Khyber Pakhtunkhwa",
    "PK-TA": "FATA",
    "PK-BA": "Balochistan",
    "PK-SD": "Sindh",
    "PK-IS": "Islamabad",
    "PK-GB": "Gilgit-Baltistan",
    "IR-03": "East Azerbaijan",
    "IR-04": "West Azerbaijan",
    "IR-10": "Isfahan",
    "IR-11": "Sistan-Baluchestan",
    "IR-12": "Kurdistan",
    "IR-14": "Chaharmahal and Bakhtiari",
    "IR-17": "Kohgiluyeh and Boyer-Ahmad",
    "IR-24": "Ardabil",
    "TJ-SU": "Sughd",
    "TJ-RA": "Districts of Republican Subordination",
    "TM-L": "Lebap",
    "TM-D": "Dashoguz",
    "UZ-AN": "Andijan",
    "UZ-BU": "Bukhara",
    "UZ-FA": "Fergana",
    "UZ-TK": "Tashkent City",
}

# Persian and Urdu names by the right code, where Natural Earth gives the capital's or no name.
_NAMES_FA = {"TJ-SU": "ولایت سغد"}
_NAMES_UR = {"TJ-SU": "صوبہ سغد"}

_NOTES = {
    "PK-KP": "Called the North-West Frontier Province until April 2010.",
    "PK-TA": "Federally Administered Tribal Areas; its agencies became districts of "
    "Khyber Pakhtunkhwa on 31 May 2018.",
    "PK-GB": "Called the Northern Areas until 2009. Administered by Pakistan, claimed by India.",
    "PK-JK": "Azad Jammu and Kashmir. Administered by Pakistan, claimed by India.",
}


def unit_of(properties: dict[str, Any]) -> Unit:
    """Return the unit of one Natural Earth feature, its codes and names put right."""
    ne_id = int(properties["ne_id"])
    country = str(properties["adm0_a3"])
    if ne_id in _BY_ID:
        code, name, fa, ur, note = _BY_ID[ne_id]
        return Unit(
            unit=code,
            iso_3166_2=code,
            country=country,
            name=name,
            name_fa=fa,
            name_ur=ur,
            note=note,
        )
    raw = str(properties["iso_3166_2"])
    code = "IR-30" if ne_id == _NE_ALBORZ else _CODES.get(raw, raw)
    past = code in ("PK-KP", "PK-TA")
    return Unit(
        unit=f"{code}.2018" if code == "PK-KP" else code,
        iso_3166_2=code,
        country=country,
        name=_NAMES.get(code, str(properties["name"])),
        name_fa=_NAMES_FA.get(code, properties["name_fa"]),
        name_ur=_NAMES_UR.get(code, properties["name_ur"]),
        valid_to=KP_BEFORE_LAST if past else None,
        note=_NOTES.get(code),
    )


def merged_kp(before: Unit) -> Unit:
    """Return Khyber Pakhtunkhwa as it is since 31 May 2018, from the unit before."""
    return Unit(
        unit=before.iso_3166_2,
        iso_3166_2=before.iso_3166_2,
        country=before.country,
        name=before.name,
        name_fa=before.name_fa,
        name_ur=before.name_ur,
        valid_from=KP_MERGER,
        note="With the former Federally Administered Tribal Areas since 31 May 2018. "
        f"{before.note or ''}".strip(),
    )
