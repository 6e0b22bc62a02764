"""The gazetteer: known places by any spelling, doubt said, nothing guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.distances import PRECISIONS, RADIUS_KM
from geo.imports.gazetteer import Candidate, Finding, Gazetteer
from geo.imports.gazetteer_choose import apart_km
from geo.imports.gazetteer_spellings import CROSSINGS, PROVINCES
from geo.seeds import Seeds
from tests import small
from tests.gazetteer_case import CODES, GAZETTEER, NAMES_OF_PROVINCES, PLACES, SEEDS, find, only


@pytest.mark.parametrize(
    ("place", "province", "country", "candidate_id", "precision"),
    [
        ("Jalalabad", "Nangarhar", "AFG", "district:7053281", "district"),
        ("Jalalabad City", "Nangarhar", "", "geonames:1139715", "town"),
        ("جلال آباد", "ننگرهار", "", "district:7053281", "district"),
        ("Spin Boldak", "Kandahar", "", "district:7053310", "district"),
        ("Speen Boldak", "Qandahar", "AFG", "district:7053310", "district"),
        ("سپین بولدک", "", "", "district:7053310", "district"),
        ("Surkh Rod", "", "", "district:7053293", "district"),
        ("Sorkh Rod", "Ningarhar", "", "district:7053293", "district"),
        ("surkhrud district", "", "AFG", "district:7053293", "district"),
        ("Behsud district", "Nangarhar", "", "district:7053264", "district"),
        ("Landi Kotal", "NWFP", "PAK", "district:landikotal-khyberpakhtunkhwa", "district"),
        ("Miram Shah", "FATA", "", "geonames:1170367", "town"),
        ("میران شاہ", "", "", "geonames:1170367", "town"),
        ("Bajour Agency", "KPK", "", "district:1183781", "district"),
        ("پشاور", "خیبر پختونخوا", "", "district:1168195", "district"),
        ("کوئٹہ", "", "PAK", "district:1167527", "district"),
        ("Quetta city", "", "", "geonames:1167528", "town"),
        ("Konar", "", "AFG", "province:AF-KNR", "province"),
        ("Sar-i-Pul province", "", "", "province:AF-SAR", "province"),
        ("Душанбе", "", "TJK", "geonames:1221874", "town"),
    ],
)
def test_known_places_are_found(
    place: str, province: str, country: str, candidate_id: str, precision: str
) -> None:
    found = only(find(place, province, country))
    assert (found.id, found.precision) == (candidate_id, precision)


def test_jalalabad_lies_where_it_does() -> None:
    found = only(find("Jalalabad city", "Nangarhar"))
    assert (found.lat, found.lon) == pytest.approx((34.43, 70.45), abs=0.01)
    assert (found.name, found.kind, found.country) == ("Jalalabad", "town", "AFG")
    note = find("Jalalabad city", "Nangarhar").note
    assert note == "'Jalalabad city' found as the town Jalalabad in Nangarhar"


@pytest.mark.parametrize("name", ["Torkham", "Turkham", "تورخم", "طورخم", "Torkham Crossing"])
def test_torkham_is_the_crossing_on_either_side(name: str) -> None:
    found = only(find(name))
    assert (found.id, found.kind, found.precision) == ("crossing:torkham", "crossing", "site")
    assert (found.lat, found.lon) == pytest.approx((34.126, 71.092), abs=0.001)
    other = only(find(name, country="PAK"))
    assert (other.country, other.province) == ("PAK", "Khyber Pakhtunkhwa")
    assert (other.lat, other.lon) == (found.lat, found.lon)


@pytest.mark.parametrize("name", ["KP", "K.P.", "KPK", "N.W.F.P.", "FATA", "خیبر پختونخوا"])
def test_past_and_short_names_of_khyber_pakhtunkhwa(name: str) -> None:
    assert only(find("", province=name)).name == "Khyber Pakhtunkhwa"


def test_names_far_apart_are_ambiguous_until_a_province_or_country_settles_them() -> None:
    finding = find("Jalalabad")
    assert finding.status == "ambiguous"
    assert {c.country for c in finding.candidates} == {"AFG", "IRN"}
    assert finding.candidates[0].id == "geonames:1139715"  # the most populous first
    assert only(find("Jalalabad", country="IRN")).province == "Isfahan"
    assert find("Ishkashim").status == "ambiguous"
    assert only(find("Ishkashim", "GBAO")).country == "TJK"


def test_of_places_that_cover_each_other_the_coarsest_is_taken_and_said() -> None:
    finding = find("Kandahar")
    assert only(finding).kind == "province"
    assert finding.note == (
        "'Kandahar' found as the province in Afghanistan, the coarsest of the places of that "
        "name there"
    )
    assert only(find("Kandahar", "Kandahar")).kind == "district"
    assert only(find("Kandahar city")).kind == "town"
    assert only(find("Kandahar province", "Kandahar")).kind == "province"


def test_a_crossing_and_a_town_some_km_off_are_no_more_precise_than_both() -> None:
    finding = find("Islam Qala", country="AFG")
    assert (only(finding).kind, only(finding).precision) == ("town", "district")
    assert "no more precise than a district" in finding.note


def test_without_a_place_the_district_and_then_the_province_is_meant() -> None:
    assert only(find("", "Nangarhar", district="Achin")).id == "district:7053262"
    assert only(find(" - ", "Nangarhar", district="اچین ولسوالی")).id == "district:7053262"
    assert only(find("", "Helmand")).id == "province:AF-HEL"
    assert find("") == Finding(status="unknown")


def test_a_town_named_as_a_district_is_no_more_precise_than_one() -> None:
    finding = find("", "Balkh", district="Hairatan")
    assert (only(finding).kind, only(finding).precision) == ("town", "district")


def test_a_name_found_by_its_sound_says_so() -> None:
    finding = find("Dara-e-Noor", "Nangarhar")
    assert only(finding).id == "district:7053266"
    assert find("Gooshta", "Nangarhar").note == (
        "'Gooshta' found as the district Goshtah in Nangarhar, by its sound, the coarsest of the "
        "places of that name there"
    )


def test_words_that_belong_to_a_name_are_no_kind() -> None:
    assert only(find("Velayat Rud", "Tehran")).id == "geonames:112057"
    assert only(find("", "Tashkent City")).id == "province:UZ-TK"
    assert only(find("", "Tashkent")).id == "province:UZ-TO"


def test_a_district_settles_a_place() -> None:
    assert only(find("Baram Chah", "Helmand", district="Dishu")).id == "crossing:baram-chah"
    wrong = find("Zaranj", "Nimroz", district="Khash Rod")
    assert wrong.status == "unknown"
    ids = [candidate.id for candidate in wrong.candidates]
    assert ids[0] == "district:7053297" or ids[0] == "geonames:1120985"
    assert "district:7053296" in ids  # Khash Rod, if no finer place is meant


def test_a_district_of_unknown_point_stands_at_its_province_and_says_so() -> None:
    finding = find("Pashtun Zarghun", "Herat")
    assert only(finding).precision == "province"
    assert finding.note.endswith("at the centre of the province: its own point is not known")


def test_what_is_not_known_restricts_nothing_and_is_said() -> None:
    finding = find("Spin Boldak", "Atlantis", "AFG", district="Nowhere")
    assert only(finding).name == "Spin Boldak"
    assert finding.note.endswith(
        "; the province 'Atlantis' is not known; the district 'Nowhere' is not known"
    )


@pytest.mark.parametrize(
    ("place", "candidate_id"),
    [
        ("Jalalbad", "geonames:1139715"),
        ("Gardez outskirts", "geonames:1141857"),
        ("Marriott Hotel, Islamabad", "geonames:1176615"),
        ("near Spin Boldak", "geonames:1123906"),
        ("Peshavarr Cant", "district:1168195"),
    ],
)
def test_names_only_alike_are_offered_and_never_taken(place: str, candidate_id: str) -> None:
    finding = find(place)
    assert finding.status == "unknown"
    assert candidate_id in [candidate.id for candidate in finding.candidates]


def test_an_unknown_place_can_be_put_at_its_district_or_province() -> None:
    finding = find("Qxzvk", "Nangarhar", "AFG", district="Rodat")
    assert finding.status == "unknown"
    ids = [candidate.id for candidate in finding.candidates]
    assert ids == ["district:7053290", "province:AF-NAN"]


def test_a_place_and_where_it_is_may_stand_in_one_cell() -> None:
    assert only(find("Torkham, Nangarhar")).province == "Nangarhar"
    assert only(find("Jalalabad، ننگرهار")).country == "AFG"


@pytest.mark.parametrize(
    ("place", "country"),
    [("Torkham, Pakistan", "PAK"), ("Zabul, Iran", "IRN"), ("Kabul / افغانستان", "AFG")],
)
def test_a_country_said_beside_a_place_holds(place: str, country: str) -> None:
    assert only(find(place)).country == country
    assert find("Kandahar, Pakistan").status == find("Peshawar, India").status == "unknown"
    assert "'Kentucky', is not known there" in find("Kabul, Kentucky").note


@pytest.mark.parametrize("word", ["town", "pass", "rome", "bor", "mixed"])
def test_a_word_is_no_place_for_its_sound(word: str) -> None:
    assert find(word).status == "unknown"


def test_a_town_far_from_afghanistan_takes_more_than_its_name() -> None:
    far = find("Khairabad")
    assert (far.status, [each.country for each in far.candidates]) == ("unknown", ["IRN"])
    assert only(find("Khairabad", country="IRN")).id == far.candidates[0].id
    assert only(find("Zahedan")).country == "IRN"


def test_a_choice_is_found_by_its_id() -> None:
    found = GAZETTEER.get("crossing:torkham:PAK")
    assert found is not None
    assert found.country == "PAK"
    assert GAZETTEER.get("crossing:nowhere") is None
    assert GAZETTEER.get("") is None


def covers(found: Candidate, lat: float, lon: float) -> bool:
    """Tell whether a found place's precision reaches a point."""
    at = Candidate(id="", name="", kind="", country="", province="", lat=lat, lon=lon, precision="")
    return found.precision == "province" or apart_km(found, at) <= RADIUS_KM[found.precision] + 1


def test_every_place_is_found_by_its_own_name_in_its_own_province() -> None:
    statuses = {"found": 0, "ambiguous": 0}
    columns = ("id", "name", "province", "country", "district", "lat", "lon")
    for row in zip(*(PLACES[name].tolist() for name in columns), strict=True):
        own, name, province, country, district, lat, lon = row
        finding = find(name, province, country)
        statuses[finding.status] += 1
        ids = [candidate.id for candidate in finding.candidates]
        if finding.status == "found" and own not in ids:
            # Its district stands for it, or a place of its name that covers it.
            assert district in ids or covers(finding.candidates[0], lat, lon), own
        elif finding.status == "ambiguous":
            assert own in ids or len(ids) == 8, own
    assert statuses["found"] / len(PLACES) > 0.98


@given(
    st.one_of(st.sampled_from(PLACES["name"].tolist()), st.text(max_size=40)),
    st.sampled_from(["", *PLACES.loc[PLACES["kind"] == "district", "name"]]),
    st.sampled_from(NAMES_OF_PROVINCES),
    st.sampled_from(CODES),
)
def test_nothing_lies_outside_the_country_and_province_given(
    place: str, district: str, province: str, country: str
) -> None:
    finding = find(place, province, country, district)
    assert len(finding.candidates) <= 8
    assert len({candidate.id for candidate in finding.candidates}) == len(finding.candidates)
    assert (finding.status == "found") <= (len(finding.candidates) == 1)
    known = find("", province, country).status == "found"
    meant = {c.province for c in find("", province, country).candidates if known}
    for candidate in finding.candidates:
        assert country in ("", candidate.country)
        assert not meant or candidate.province in meant
        assert candidate.precision in PRECISIONS


def test_a_world_without_a_table_of_places_has_its_provinces() -> None:
    boxland: Seeds = small.seeds()
    found = Gazetteer(boxland).find(place="", province="Old East", country="BOX")
    assert found.candidates[0].name == "East"


def test_spellings_kept_by_hand_are_of_units_and_crossings_that_there_are() -> None:
    assert set(PROVINCES) <= set(SEEDS.provinces["unit"])
    assert set(CROSSINGS) <= set(SEEDS.crossings["id"])


@pytest.mark.parametrize(("unit", "names"), PROVINCES.items())
def test_each_spelling_of_a_province_finds_it(unit: str, names: tuple[str, ...]) -> None:
    country = {"AF": "AFG", "PK": "PAK", "IR": "IRN", "TJ": "TJK", "TM": "TKM", "UZ": "UZB"}
    for name in names:
        assert only(find("", name, country[unit[:2]])).id == f"province:{unit}", name
