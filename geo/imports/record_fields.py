"""The fields of a record that a column of a table can give, and what each asks for."""

from __future__ import annotations

from typing import Final

FIELDS: Final[dict[str, str]] = {
    "id": "Its id in the source",
    "kind": "seizure or incident",
    "date": "Day, month or year; the first day of a period",
    "date_end": "Last day of a period",
    "date_precision": "day, week, month or year",
    "year": "Year, where no column has the whole date",
    "month": "Month, where no column has the whole date",
    "day": "Day, where no column has the whole date",
    "place": "Town, village or crossing",
    "district": "District",
    "province": "Province",
    "country": "Country: name or ISO code",
    "lat": "Latitude in degrees",
    "lon": "Longitude in degrees",
    "coordinates": "Latitude and longitude in one column",
    "precision": "site, town, district, province or country",
    "group": "Armed group",
    "role": "perpetrator, target or party",
    "attribution": "claimed, attributed or suspected",
    "actor": "Force or other actor",
    "category": "What happened or was seized",
    "direction": "Way of the goods: AFG>PAK",
    "conveyance": "How the goods were carried",
    "killed": "People killed",
    "killed_low": "People killed, at least",
    "killed_high": "People killed, at most",
    "injured": "People injured",
    "summary": "What happened, in words",
    "source_name": "Publisher",
    "source_url": "Link to the source",
    "source_date": "Date of the source",
    "other_urls": "Further links",
    "item": "Item seized",
    "quantity": "Its quantity",
    "weight": "Its weight",
    "unit": "Unit of its quantity",
    "weight_unit": "Unit of its weight, if not the same",
    "items_json": "Items as the atlas's own files list them",
}
"""Fields that a column can give, and what each asks for."""
