"""The first sheet of an XLSX workbook, read as text, with the line of each row.

Official workbooks hold texts and numbers; every cell is taken as text, an empty one as "".
"""

import zipfile
from collections.abc import Iterator
from pathlib import Path

from advisor.errors import BadDataError


def sheet_rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield (line, cells of the named columns) after the header, which is line 1.

    Raises BadDataError when the file is no workbook or a column is missing.
    """
    import pandas as pd  # noqa: PLC0415  (only a build reads workbooks; opening a pack must be quick)

    try:
        header = pd.read_excel(path, nrows=0, dtype=str)
        missing = [column for column in columns if column not in header.columns]
        if missing:
            raise BadDataError(f"il manque la colonne « {missing[0]} ».", file=path, line=1)
        table = pd.read_excel(path, usecols=list(columns), dtype=str, keep_default_na=False)
    except (zipfile.BadZipFile, ValueError, KeyError, OSError) as error:
        raise BadDataError(
            "ce fichier n’est pas un classeur XLSX lisible.",
            "Téléchargez-le de nouveau.",
            file=path,
        ) from error
    cells = zip(*(table[column].str.strip() for column in columns), strict=True)
    yield from enumerate(cells, start=2)
