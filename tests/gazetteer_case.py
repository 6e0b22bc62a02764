"""The gazetteer of the built-in data, and short ways to ask it."""

from __future__ import annotations

from geo.imports.gazetteer import Candidate, Finding, Gazetteer
from geo.seeds import load_seeds

SEEDS = load_seeds()
GAZETTEER = Gazetteer(SEEDS)
PLACES = SEEDS.places
NAMES_OF_PROVINCES = ["", "NWFP", "Atlantis", *sorted(set(SEEDS.provinces["name"]))]
CODES = ["", "AFG", "PAK", "IRN", "TJK", "TKM", "UZB", "CHN", "FRA"]


def find(place: str, province: str = "", country: str = "", district: str = "") -> Finding:
    return GAZETTEER.find(place=place, district=district, province=province, country=country)


def only(finding: Finding) -> Candidate:
    assert finding.status == "found", finding
    (candidate,) = finding.candidates
    return candidate
