"""Place names that need a choice: written to a file to fill in, and read back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import pandas as pd

from geo.errors import ImportFileError
from geo.files import whole_file
from geo.formulas import defuse_texts, restore_texts
from geo.imports.limits import LIMITS
from geo.imports.named import place_key
from geo.imports.readers.comma import read_comma
from geo.imports.result import NAMES

CHOICE: Final = "choice"


def write_unplaced(path: Path, unplaced: pd.DataFrame) -> None:
    """Write the names that need a choice, with an empty column to fill in.

    Parameters
    ----------
    path
        The CSV file.
    unplaced
        As :meth:`geo.imports.named.Namer.unplaced` gives.

    Raises
    ------
    OSError
        If it cannot be written.
    """
    told = [
        "; ".join(f"{each} = {words}" for each, words in zip(ids, said, strict=True))
        for ids, said in zip(unplaced["candidates"], unplaced["candidate_words"], strict=True)
    ]
    table = unplaced[[*NAMES, "rows", "status"]].assign(**{CHOICE: "", "candidates": told})
    texts = [*NAMES, "status", "candidates"]
    table[texts] = table[texts].astype("str").apply(defuse_texts)
    with whole_file(path) as temporary:
        table.to_csv(temporary, index=False, lineterminator="\r\n", encoding="utf-8-sig")


def read_choices(path: Path) -> dict[str, str]:
    """Read the choices that somebody filled in.

    Parameters
    ----------
    path
        A file as :func:`write_unplaced` writes it; rows without a choice are
        left as they are.

    Returns
    -------
    dict of str to str
        For each :func:`geo.imports.named.place_key` the id of a candidate.

    Raises
    ------
    ImportFileError
        If it cannot be read or lacks a column.
    """
    try:
        with path.open("rb"):
            pass
    except OSError as error:
        msg = f"{path.name} cannot be read ({error.strerror}); give a file that --unplaced wrote."
        raise ImportFileError(msg) from error
    # However a spreadsheet has saved it.
    (found,) = read_comma(path, path.name, LIMITS)
    if missing := [name for name in (*NAMES, CHOICE) if name not in found.columns]:
        msg = f"{path.name}: no column {missing[0]!r}; give a file that --unplaced wrote."
        raise ImportFileError(msg)
    chunks = [*found.read()]
    if bad := [each for chunk in chunks for each in chunk.bad]:
        msg = f"{path.name}, row {bad[0].row}: {bad[0].reason}."
        raise ImportFileError(msg)
    table = pd.concat([chunk.rows for chunk in chunks], ignore_index=True)
    plain = table[[*NAMES, CHOICE]].astype("str").apply(restore_texts)
    rows = plain[plain[CHOICE].str.strip() != ""].itertuples(index=False)
    return {place_key(*row[:-1]): row[-1].split(" = ")[0].strip() for row in rows}


def check_choices(choices: Mapping[str, str], known: Callable[[str], object]) -> None:
    """Refuse choices that are no places.

    Parameters
    ----------
    choices
        As :func:`read_choices` gives.
    known
        Gives the place of an id, or nothing.

    Raises
    ------
    ImportFileError
        Naming the first of them.
    """
    wrong = [(key, choice) for key, choice in choices.items() if not known(choice)]
    if wrong:
        place, choice = wrong[0][0].partition("|")[0] or wrong[0][0], wrong[0][1]
        more = f"; and {len(wrong) - 1} more" if len(wrong) > 1 else ""
        msg = (
            f"The choice {choice[:60]!r} for {place[:60]!r} is no place{more}; "
            "copy what stands before the sign = in the column candidates."
        )
        raise ImportFileError(msg)
