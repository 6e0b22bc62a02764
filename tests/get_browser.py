"""Find a Chromium for the browser tests, or get one: `python -m tests.get_browser`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from playwright.sync_api import sync_playwright

from tests.app_server import NOWHERE

BROWSER_ARGS: Final = (
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # Chromium asks no proxy for this machine and one that is not there for all else,
    # and so refuses addresses in numbers as well as names.
    f"--proxy-server={NOWHERE}",
)

VARIABLE: Final = "ATLAS_BROWSER"
# The shell first: the same engine without the windows and menus that no test looks at, each
# of which takes a second to open.
NAMES: Final = (
    *("chromium-headless-shell", "chrome-headless-shell", "chromium", "chromium-browser"),
    *("google-chrome", "google-chrome-stable", "chrome"),
)
MAC_CHROME: Final = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
ANSWER_TIMEOUT_S: Final = 60
INSTALL_TIMEOUT_S: Final = 900
# Playwright tries a download three times; where it cannot be reached, each try may hang.
DOWNLOAD_TIMEOUT_S: Final = 300

MISSING: Final = (
    "No Chromium or Chrome was found and none could be installed; the browser tests need one. "
    "Install Chromium with the system's package manager, run "
    "`.venv/bin/playwright install --with-deps chromium`, "
    f"or name a browser in the variable {VARIABLE}; then run `make test` again."
)

FONTS: Final = ("fonts-liberation", "fonts-noto-core")

# Package managers in the order they are looked for, and what each has to run until there is one.
MANAGERS: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    "apt-get": (
        ("apt-get", "update", "-qq"),
        (
            *("apt-get", "install", "-y", "-qq", "--no-install-recommends"),
            *("chromium-headless-shell", *FONTS),
        ),
        ("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium", *FONTS),
    ),
    "dnf": (("dnf", "install", "-y", "-q", "chromium"),),
    "apk": (("apk", "add", "--quiet", "chromium"),),
    "pacman": (("pacman", "-Sy", "--noconfirm", "--quiet", "chromium"),),
    "brew": (("brew", "install", "--quiet", "--cask", "chromium"),),
}


def find_browser() -> Path | None:
    """Return a Chromium or Chrome that starts, or `None`.

    Looks at the variable ATLAS_BROWSER, then on the PATH, then at Playwright's own.
    """
    return next((path for path in _candidates() if _answers(path)), None)


def install_browser() -> Path | None:
    """Get a Chromium by Playwright, else by the system's package manager.

    Asks for no password: what needs an administrator is left out where sudo would ask.

    Returns
    -------
    Path or None
        The browser, or `None` where none could be got.
    """
    playwright = [sys.executable, "-m", "playwright"]
    if _run([*playwright, "install", "chromium"], timeout_s=DOWNLOAD_TIMEOUT_S):
        # Its libraries and fonts, which the system's package manager has.
        if _as_root() is not None:
            _run([*playwright, "install-deps", "chromium"], timeout_s=INSTALL_TIMEOUT_S)
        if found := find_browser():
            return found
    for manager, commands in MANAGERS.items():
        if shutil.which(manager) is None:
            continue
        prefix: Sequence[str] | None = () if manager == "brew" else _as_root()
        if prefix is None:
            print(f"{manager} needs an administrator: not tried.", flush=True)
            continue
        # A failed `update` (one mirror down) need not keep the install from working.
        for command in commands:
            _run([*prefix, *command], timeout_s=INSTALL_TIMEOUT_S)
            if found := find_browser():
                return found
    return None


def _candidates() -> Iterator[Path]:
    if named := os.environ.get(VARIABLE):
        yield Path(named)
    for name in NAMES:
        if found := shutil.which(name):
            yield Path(found)
    yield MAC_CHROME
    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
    yield own


def _answers(path: Path) -> bool:
    """Tell whether it starts: Ubuntu's `chromium-browser` may be only a stub for a snap."""
    if not path.is_file():
        return False
    try:
        done = subprocess.run(
            [str(path), "--version"],
            capture_output=True,
            text=True,
            check=True,
            timeout=ANSWER_TIMEOUT_S,
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return "Chrom" in done.stdout


def _as_root() -> tuple[str, ...] | None:
    """Return what to put before a command to run it as root, `None` where that would ask."""
    if os.name == "posix" and os.geteuid() == 0:
        return ()
    if shutil.which("sudo") and _run(["sudo", "-n", "true"], quiet=True, timeout_s=10):
        return ("sudo", "-n")
    return None


def _run(command: Sequence[str], *, timeout_s: float, quiet: bool = False) -> bool:
    if not quiet:
        print("+", *command, flush=True)
    output = subprocess.DEVNULL if quiet else None
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        subprocess.run(
            command,
            check=True,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env=environment,
            timeout=timeout_s,
        )
    except (OSError, subprocess.SubprocessError) as error:
        if not quiet:
            print(error, flush=True)
        return False
    return True


def main() -> int:
    """Print the browser found or got; 1 with a word on what to do where there is none."""
    browser = find_browser()
    if browser is None:
        print("No Chromium or Chrome found; getting one…", flush=True)
        browser = install_browser()
    if browser is None:
        print(MISSING, file=sys.stderr)
        return 1
    print(f"Browser for the tests: {browser}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
