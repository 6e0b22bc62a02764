"""Data whose every text is an attack: the app shows it as text and runs none of it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from geo.seeds import SEEDS
from tests.app_server import serve_app
from tests.browser.app_page import open_atlas
from tests.browser.test_layers_page import HOSTILE
from tests.conftest import PageLog

TEXTS = ("place", "district", "group", "actor", "category", "conveyance", "summary")


def rewrite(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def hostile_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the app on data with hostile text in every field of its records."""
    folder = tmp_path_factory.mktemp("hostile") / "seeds"
    for path in [SEEDS / "datapackage.json", *SEEDS.glob("geometry/*"), *SEEDS.glob("records/*")]:
        copy = folder / path.relative_to(SEEDS)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    table = folder / "records" / "seizures.csv"
    rows = [
        row | dict.fromkeys(TEXTS, text) | {"lat": str(31 + number / 2), "precision": "site"}
        for number, (text, row) in enumerate(zip(HOSTILE, read(table), strict=False))
    ]
    rewrite(table, rows)
    known = {row["id"]: text for row, text in zip(rows, HOSTILE, strict=True)}
    incidents = folder / "records" / "incidents.csv"
    rewrite(incidents, read(incidents)[:1])
    sources = [row for row in read(folder / "records" / "sources.csv") if row["record_id"] in known]
    for row in sources:
        row |= {"name": known[row["record_id"]], "url": f"javascript:hostile=1//{row['url']}"}
    rewrite(folder / "records" / "sources.csv", sources)
    items = [
        {"record_id": i, "item": t, "quantity": "1", "unit": t, "approx": t}
        for i, t in known.items()
    ]
    rewrite(folder / "records" / "seizure_items.csv", items)
    with serve_app(environment={"KHYBER_ATLAS_SEEDS": str(folder)}) as url:
        yield url


def test_hostile_records_run_nothing_and_show_as_they_are(
    page: Page, hostile_url: str, page_log: PageLog
) -> None:
    atlas = open_atlas(page, f"{hostile_url}/?kind=seizure")
    assert atlas.records()["seizures"] == len(HOSTILE)
    seen = set()
    for row in range(len(HOSTILE)):
        atlas.map.locator("#map_div").evaluate(
            "(div, row) => { const layer = map.kaRecords.get('seizures');"
            " khyber.openRecord(map, layer, row, map.getCenter()); }",
            row,
        )
        card = atlas.map.locator(".ka-card:not([aria-busy])")  # not one still being read
        expect(card.locator("dd").first).to_be_visible()
        seen.add(card.locator("h2").text_content())
        assert card.locator("a, img, script, svg").count() == 0
    assert seen == set(HOSTILE)
    assert_untouched(page, page_log)


def test_hostile_records_in_full_and_as_filters(
    page: Page, hostile_url: str, page_log: PageLog
) -> None:
    rows = read(SEEDS / "records" / "seizures.csv")[: len(HOSTILE)]
    open_atlas(page, f"{hostile_url}/?record={rows[0]['id']}")
    details = page.get_by_role("region", name="The chosen record")
    for row, text in zip(rows, HOSTILE, strict=True):
        go_to_address(page, f"?record={row['id']}")
        expect(details.locator("h3")).to_have_text(text, use_inner_text=False)
        assert details.locator("a, img, script, svg").count() == 0
    page.get_by_role("tab", name="Sources").click()
    expect(page.get_by_text("OpenStreetMap").first).to_be_visible()
    assert_untouched(page, page_log)


def go_to_address(page: Page, address: str) -> None:
    """Go on to another address of the open page, as its history's buttons do."""
    page.evaluate(
        "(address) => { history.pushState(null, '', address);"
        " window.dispatchEvent(new PopStateEvent('popstate')); }",
        address,
    )


def assert_untouched(page: Page, page_log: PageLog) -> None:
    for frame in page.frames:
        assert frame.evaluate("typeof hostile") == "undefined"
    assert page_log.errors == []
    assert page_log.refused == []
    assert page.locator("a[href^='javascript']").count() == 0
