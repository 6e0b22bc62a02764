"""Time played on the map: its steps, within the filter, in a saved page."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import geopandas as gpd
from playwright.sync_api import Page, expect

from tests import layers_small
from tests.browser.app_page import map_button, open_atlas
from tests.browser.record_page import open_scripts
from tests.browser.saved_page import open_saved, save, shown
from tests.conftest import NewPage

ONE_DAY = timedelta(days=1)


def steps_of(page: Page, unit: str, first: date, last: date) -> list[dict[str, Any]]:
    """Cut a span of days in the page, limited to three days more; days as dates."""
    epoch = date(1970, 1, 1)
    told: list[dict[str, Any]] = page.evaluate(
        "([unit, from, to]) => khyber.playSteps(unit, {from, to}, {from, to: to + 3})",
        [unit, (first - epoch).days, (last - epoch).days],
    )
    days = ("from", "to", "own")
    return [
        {"words": each["words"], **{name: epoch + each[name] * ONE_DAY for name in days}}
        for each in told
    ]


def test_steps_of_time_follow_the_calendar_and_leave_no_day_out(page: Page) -> None:
    open_scripts(page, "playtime")
    first, last = date(2019, 11, 20), date(2021, 2, 3)
    words = {unit: [] for unit in ("month", "quarter", "year", "upto")}  # type: dict[str, list[str]]
    for unit, said in words.items():
        steps = steps_of(page, unit, first, last)
        said.extend(step["words"] for step in steps)
        assert (steps[0]["own"], steps[-1]["to"]) == (first, date(2021, 2, 6))
        assert all(one["to"] + ONE_DAY == other["own"] for one, other in pairwise(steps))
        if unit == "upto":
            assert {step["from"] for step in steps} == {first}
        else:
            assert all(step["from"] == step["own"] for step in steps)
    assert words["year"] == [
        "20 November to 31 December 2019",
        "2020",
        "1 January to 6 February 2021",
    ]
    assert words["quarter"][1:3] == ["January to March 2020", "April to June 2020"]
    assert words["month"][3] == "February 2020"
    assert words["upto"][3] == "Up to the end of February 2020"
    assert words["upto"][-1] == "Up to 6 February 2021"
    (alone,) = steps_of(page, "month", last, last)
    assert alone["words"] == "3 to 6 February 2021"


def within(joined: gpd.GeoDataFrame, first: str, last: str) -> dict[str, int]:
    """Count the records whose whole date lies in a period, by layer."""
    kept = joined[(joined["date_start"] >= first) & (joined["date_end"] <= last)]
    counts = kept["kind"].value_counts()
    return {f"{kind}s": int(counts.get(kind, 0)) for kind in ("seizure", "incident")}


def test_time_is_stepped_through_within_the_filter(
    new_page: NewPage, app_url: str, joined: gpd.GeoDataFrame
) -> None:
    page = new_page(reduced_motion="reduce")
    atlas = open_atlas(page, f"{app_url}/?from=2019-07-15&to=2022")
    full = atlas.records()
    assert full == within(joined, "2019-07-15", "2022-12-31")
    map_button(atlas, "Play through time").click()
    words = atlas.map.locator(".ka-play-words")
    expect(words.locator("strong")).to_have_text("15 July to 30 September 2019")
    # Nothing moves by itself.
    expect(map_button(atlas, "Play")).to_have_count(0)
    player = atlas.map.get_by_role("region", name="Play through time")
    player.get_by_label("What is shown at once").select_option("year")
    page.keyboard.press("Escape")
    expect(player).to_have_count(0)
    assert atlas.records() == full
    map_button(atlas, "Play through time").click()
    slider = player.get_by_label("Time", exact=True)
    expect(slider).to_be_focused()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    expect(words.locator("strong")).to_have_text("2020")
    assert atlas.records() == within(joined, "2020-01-01", "2020-12-31")
    shown = sum(atlas.records().values())
    expect(words).to_contain_text(f"{shown} of {sum(full.values())} records")
    # A filter that changes meanwhile holds, and the time stays.
    page.get_by_text(re.compile("^Seizures")).first.click()
    expect(words).to_contain_text(f"{within(joined, '2020', '2020-12-31')['seizures']} of")
    expect(words.locator("strong")).to_have_text("2020")
    map_button(atlas, "Close and show all").click()
    assert atlas.records() == {"seizures": full["seizures"], "incidents": 0}


def test_a_saved_page_plays_too_and_counts_what_its_filter_keeps(
    new_page: NewPage, tmp_path: Path
) -> None:
    rows = [
        {"id": f"i-{at}", "kind": "incident", "date": f"{2014 + at}", "group": "TTP"}
        for at in range(8)
    ]
    snapshot = layers_small.snapshot(*rows, {"id": "s-9", "date": "2015-02-03"})
    page = new_page(reduced_motion="reduce")  # where nothing plays by itself
    open_saved(page, save(snapshot, tmp_path))
    page.get_by_role("button", name="Play through time").click()
    words = page.locator(".ka-play-words")
    page.get_by_role("button", name="One step on").click()
    expect(words).to_have_text("20152 of 9 records.")
    page.get_by_role("radio", name="Incidents").check()
    expect(words).to_have_text("20151 of 8 records.")
    # The page's own count and table are of the whole filter.
    assert shown(page) == 8
    page.get_by_label("What is shown at once").select_option("month")
    expect(words).to_contain_text("December 20150 of 8 records. 1 more dated too coarsely")


def test_time_plays_until_it_is_paused(new_page: NewPage, tmp_path: Path) -> None:
    page = new_page(reduced_motion="no-preference")
    rows = [{"id": f"s-{at}", "date": f"{2010 + at // 2}-05-06"} for at in range(24)]
    open_saved(page, save(layers_small.snapshot(*rows), tmp_path))
    page.get_by_role("button", name="Play through time").click()
    words = page.locator(".ka-play-words")
    expect(words).to_have_attribute("aria-live", "off")
    expect(words.locator("strong")).to_have_text("2011")
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_focused()
    expect(words).to_have_attribute("aria-live", "polite")
    counted = "map_div.khyberPage.kinds[0].layer.mask.reduce((all, each) => all + each)"
    assert page.evaluate(counted) == 2
    page.get_by_role("button", name="Close and show all").click()
    assert page.evaluate(counted) == 24
