"""What the legend says: the signs, lines and areas that are on the sheet, no others.

The web map's legend by the same entries (layers/legend.py, layers/js/recordlegend.js).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from geo.counts import number

if TYPE_CHECKING:
    from layers.data import LayerData
    from layers.registry import Layer
    from layers.sheet.ground import Ground
    from layers.sheet.layout import Sign
    from layers.sheet.points import RecordSet

SAMPLE: Final = (0.6, 0.4)
"""Shares of the sample of a counted sign: 3 and 2 of 5 records."""

RECORDS: Final = "Records"
THREAD: Final = "A line leads from a sign to the middle of its records."


@dataclass(kw_only=True)
class Item:
    """A line of the legend: what it says and the signs it shows."""

    label: str
    order: float
    signs: list[dict[str, Any]] = field(default_factory=list)


@dataclass(kw_only=True)
class Section:
    """A part of the legend: lines under a title, and notes under them."""

    title: str
    items: list[Item] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, label: str, sign: dict[str, Any], order: float) -> None:
        """Add a line, or a sign to the line that says the same."""
        item = next((each for each in self.items if each.label == label), None)
        if item is None:
            item = Item(label=label, order=order)
            self.items.append(item)
        if sign not in item.signs:
            item.signs.append(sign)


class Key:
    """Sections in the order in which they first come."""

    def __init__(self) -> None:
        self.sections: list[Section] = []

    def section(self, title: str) -> Section:
        """Find or begin a section."""
        found = next((each for each in self.sections if each.title == title), None)
        if found is None:
            found = Section(title=title)
            self.sections.append(found)
        return found

    def done(self) -> list[Section]:
        """Give the sections that say something, their lines in order."""
        for each in self.sections:
            each.items.sort(key=lambda item: item.order)
        return [each for each in self.sections if each.items or each.notes]


def record_sections(sets: list[RecordSet], signs: list[Sign]) -> list[Section]:
    """Say what the signs of records stand for.

    Parameters
    ----------
    sets
        Records by layer.
    signs
        Those on the map.
    """
    key = Key()
    for records in sets:
        shown = _shown(records)
        if not shown["shown"]:
            continue
        looks = _looks(records, [each for each in signs if each.records is records])
        for entry in records.style["legend"]:
            if not _holds(entry, shown, looks):
                continue
            sign = dict(entry["sign"])
            if entry["when"] == "counted":
                sign["shares"] = _sample(records, shown)
            label = entry["label"].format(
                missing=number(shown["missing"]), shown=number(shown["shown"])
            )
            key.section(entry["heading"] or RECORDS).add(label, sign, entry["order"])
        if looks["threaded"]:
            notes = key.section("Place known").notes
            notes += [THREAD] if THREAD not in notes else []
        if looks["capped"]:
            heading = records.style["legend"][-1]["heading"]
            key.section(heading).notes.append(records.style["cap"]["note"])
    return key.done()


def _shown(records: RecordSet) -> dict[str, Any]:
    kinds = len(records.colours)
    total, struck = len(records.x), int(records.open.sum())
    missing = 0 if records.value is None else int(np.isnan(records.value).sum())
    return {
        "shown": total,
        "classes": np.bincount(records.classes, minlength=kinds),
        "ranks": np.bincount(records.rank, minlength=4),
        "open": struck,
        "full": total - struck,
        "missing": missing,
    }


def _looks(records: RecordSet, signs: list[Sign]) -> dict[str, bool]:
    cap = records.style["cap"]
    return {
        "counted": any(each.count > 1 and not each.coarse for each in signs),
        "mixed": any(len(each.classes) > 1 and each.coarse for each in signs),
        "both": any(each.both for each in signs),
        "threaded": any(each.threaded for each in signs),
        "capped": cap is not None and any(each.value > cap["above"] for each in signs),
    }


def _holds(entry: dict[str, Any], shown: dict[str, Any], looks: dict[str, bool]) -> bool:
    when = entry["when"]
    if when in {"class", "rank"}:
        counts = shown["classes" if when == "class" else "ranks"]
        return bool(counts[entry["at"]])
    if when in looks:
        return looks[when]
    holds: dict[str, bool] = {
        "any": True,
        "acted": shown["full"] > 0 and shown["open"] > 0,
        "target": shown["open"] > 0,
        "missing": shown["missing"] > 0,
    }
    return holds[when]


def _sample(records: RecordSet, shown: dict[str, Any]) -> list[tuple[str, float]]:
    counts = shown["classes"]
    largest = [int(at) for at in np.argsort(-counts, kind="stable") if counts[at] > 0]
    chosen = largest[: len(SAMPLE)]
    shares = SAMPLE if len(chosen) > 1 else (1.0,)
    return [(records.colours[at], part) for at, part in zip(chosen, shares, strict=False)]


def ground_sections(drawn: list[tuple[Layer, LayerData]], ground: Ground) -> list[Section]:
    """Say what the lines, areas and crossings on the map are.

    Parameters
    ----------
    drawn
        Layers that are on, with what they draw.
    ground
        What of it lies on the map.
    """
    key = Key()
    present = {id(each.properties) for features in ground.features.values() for each in features}
    for layer, data in drawn:
        mine = [each["properties"] for each in data.features if id(each["properties"]) in present]
        if not mine:
            continue
        for entry in data.legend:
            if not _on_map(entry.sign, mine):
                continue
            title = entry.heading or layer.group
            key.section(title).add(entry.label, dict(entry.sign), entry.order)
        if data.note:
            last = data.legend[-1].heading if data.legend else ""
            section = key.section(last or layer.group)
            if data.note not in section.notes:
                section.notes.append(data.note)
    return key.done()


def _on_map(sign: Any, features: list[dict[str, Any]]) -> bool:
    """Tell whether a layer has something of a legend's sign on the map."""
    if sign["shape"] == "diamond":
        main = sign.get("fill", "full") == "full"
        return any(bool(each.get("main")) == main for each in features)
    if features[0]["draw"] == "route" and sign.get("dashed"):
        return any(each["inferred"] for each in features)
    return True
