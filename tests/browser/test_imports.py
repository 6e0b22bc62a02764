"""Own files in the app: brought, corrected, placed, cancelled; seen by nobody else."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

from playwright.sync_api import FilePayload, Locator, Page, expect
from playwright.sync_api import TimeoutError as LateError

from tests.browser.app_page import Atlas, download, open_atlas
from tests.conftest import NewPage, PageLog

HEADING = "Date,Where,Province,Group,Killed,Notes\r\n"
ROWS = (
    "12/03/2021,Torkham,Nangarhar,ISKP,3,a mine\r\n"
    "=1+1,Jalalabad,Nangarhar,TTP,1,no date\r\n"
    "14/03/2021,Jalalabd,Nangarhar,TTP,2,misspelt\r\n"
    "25/03/2021,Jalalabad,Nangarhar,,0,a shot\r\n"
)
HOSTILE = "<img src=x onerror=alert(1)> **b** [l](javascript:1) $x^2$ www.e.invalid"


def bring(page: Page, name: str, text: str) -> None:
    """Upload a file and press Import."""
    page.locator(".st-key-imports input[type=file]").set_input_files(
        FilePayload(name=name, mimeType="text/csv", buffer=text.encode())
    )
    page.get_by_role("button", name="Import", exact=True).click()


def choose(box: Locator, words: str) -> None:
    """Choose from a list by typing; once more where the page was still being written anew."""
    option = box.page.get_by_role("option", name=words, exact=True)
    for _ in range(3):
        box.focus()
        box.fill(words)
        with suppress(LateError):
            option.click(timeout=10_000)
            return
        box.blur()
    option.click()


def open_imports(page: Page, app_url: str) -> Atlas:
    page.set_viewport_size({"width": 1000, "height": 640})
    return open_atlas(page, f"{app_url}/?tab=imports")


def test_a_file_goes_on_the_map_and_its_bad_rows_are_mended(
    page: Page, app_url: str, page_log: PageLog, tmp_path: Path
) -> None:
    atlas = open_imports(page, app_url)
    before = sum(atlas.records().values())
    bring(page, "own.csv", HEADING + ROWS)
    columns = page.locator(".st-key-imports-columns")
    expect(columns.get_by_role("combobox", name="Place", exact=True)).to_have_value("Where")
    choose(columns.get_by_role("combobox", name="Summary"), "(none)")
    page.get_by_role("button", name="Import by these columns").click()
    expect(
        page.get_by_text("4 rows read: 0 accepted, 2 accepted with a note, 2 rejected.")
    ).to_be_visible()
    expect(atlas.count).to_contain_text("1\u202f125 of 1\u202f125 records")
    page.wait_for_function(
        "(most) => [...document.querySelectorAll('iframe')].some((frame) => {"
        " const map = frame.contentWindow.map; return map && map.kaRecords &&"
        " [...map.kaRecords.values()].reduce((all, layer) =>"
        " all + layer.mask.reduce((sum, kept) => sum + kept, 0), 0) === most; })",
        arg=before + 2,
    )
    coming = download(page, page.get_by_role("button", name="Whole report (CSV)"))
    report = Path(coming.path()).read_text("utf-8-sig")
    assert "own.csv,,3,rejected,,Date,'=1+1,is no date" in report
    coming = download(page, page.get_by_role("button", name="Rejected rows (CSV)"))
    rejected = Path(coming.path()).read_text("utf-8-sig")
    assert "'=1+1,Jalalabad,Nangarhar,TTP,1,no date," in rejected
    bring(page, "mended.csv", rejected.replace("'=1+1", "13/03/2021", 1))
    again = "Imported: “mended.csv”, by the columns chosen before for its headings."
    expect(page.get_by_text(again)).to_be_visible()
    expect(page.get_by_text("2 rows read: 0 accepted, 1 accepted with a note")).to_be_visible()
    # Both files have one; only the new file's stays.
    places = page.get_by_text("Places to choose (1)")
    expect(places).to_have_count(1)
    places.click()
    place = page.get_by_role("combobox", name="Jalalabd, Nangarhar (1 row)")
    choose(place, "Jalalabad, town, Nangarhar, AFG")
    page.get_by_role("button", name="Place them").click()
    expect(page.get_by_text("2 rows read: 0 accepted, 2 accepted with a note")).to_be_visible()
    expect(atlas.count).to_contain_text("1\u202f127 of 1\u202f127 records")
    page.get_by_role("button", name="Show only its records").click()
    expect(atlas.count).to_contain_text("2 of 1\u202f127 records")
    expect(page).to_have_url(re.compile(r"[?&]file=mended\.csv"))
    assert page_log.errors == []


def test_names_and_cells_are_text_and_seen_by_nobody_else(
    page: Page, new_page: NewPage, app_url: str, page_log: PageLog
) -> None:
    atlas = open_imports(page, app_url)
    heading = f'Date,Province,Place,"{HOSTILE}"\r\n'
    row = f'2021-03-13,Nangarhar,"{HOSTILE}","{HOSTILE}"\r\n2021-03-13,Nangarhar,,x\r\n'
    bring(page, f"{HOSTILE}.csv", heading + row)
    expect(page.locator(".st-key-imports-columns h3")).to_contain_text("<img src=x onerror")
    page.get_by_role("button", name="Import by these columns").click()
    expect(page.get_by_role("rowheader")).to_contain_text("<img src=x onerror=alert(1)> **b**")
    page.get_by_text("Places to choose (1)").click()
    # An invisible mark keeps the address from becoming a link.
    shown = f"{HOSTILE}, Nangarhar (1 row)".replace("www", "www\u2060")
    expect(page.get_by_text(shown)).to_be_visible()
    page.get_by_role("tab", name="Map layers").click()
    sidebar = page.get_by_test_id("stSidebarUserContent")
    expect(sidebar.get_by_text("Incidents: <img src=x onerror")).to_be_visible()
    made = "img[src='x'], a[href^=javascript], a[href*='e.invalid'], .katex"
    assert page.locator(made).count() == 0
    expect(atlas.count).to_contain_text("1\u202f124 of 1\u202f124 records")
    other = new_page()
    other.goto(f"{app_url}/?tab=imports")
    expect(Atlas(page=other).count).to_contain_text("1\u202f123 of 1\u202f123 records")
    expect(other.get_by_role("button", name="Import", exact=True)).to_be_visible()
    expect(other.get_by_role("heading", name="In this session")).to_have_count(0)
    assert page_log.errors == []


def test_an_import_is_cancelled_and_nothing_of_it_stays(
    page: Page, app_url: str, page_log: PageLog
) -> None:
    atlas = open_imports(page, app_url)
    rows = "12/03/2021,Torkham,Nangarhar,ISKP,3,a mine\r\n" * 80_000
    bring(page, "long.csv", HEADING + rows)
    page.get_by_role("button", name="Import by these columns").click()
    expect(page.locator(".st-key-imports-progress")).to_contain_text("rows read")
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_text("Cancelled: “long.csv”. Nothing of it was kept.")).to_be_visible()
    expect(page.get_by_role("progressbar")).to_have_count(0)
    expect(atlas.count).to_contain_text("1\u202f123 of 1\u202f123 records")
    bring(page, "broken.csv", "%PDF-1.7 no table")
    expect(page.get_by_role("alert")).to_contain_text("broken.csv is a PDF")
    assert page_log.errors == []
