"""Place names that need a choice: written to a file to fill in, and read back."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pandas as pd

from geo.errors import ImportFileError
from geo.files import whole_file
from geo.formulas import defuse_texts, restore_texts
from geo.imports.named import NAMES, place_key

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
        table.to_csv(temporary, index=False, lineterminator="\r\n")


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
        table = pd.read_csv(path, dtype="str", keep_default_na=False)
    except (OSError, ValueError) as error:
        msg = f"{path.name} cannot be read as CSV ({str(error)[:100]}); save it as UTF-8."
        raise ImportFileError(msg) from error
    if missing := [name for name in (*NAMES, CHOICE) if name not in table]:
        msg = f"{path.name}: no column {missing[0]!r}; give a file that --unplaced wrote."
        raise ImportFileError(msg)
    plain = table[[*NAMES, CHOICE]].apply(restore_texts)
    rows = plain[plain[CHOICE].str.strip() != ""].itertuples(index=False)
    return {place_key(*row[:-1]): row[-1].split(" = ")[0].strip() for row in rows}
