"""The room's answers as a pandas table, for notebooks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from academy.course import LiveActivity
from academy.live.kinds import KINDS

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["frame"]


def frame(activity: LiveActivity, results: Mapping[str, object] | None) -> pd.DataFrame:
    """Return results (`academy.live.results`) as a table whose index are labels, first column `id` where there are ids.

    Its other columns are those of the kind's class (`academy.live.kinds`, `columns`). Counts about few people are
    `<NA>`; where too few answered altogether, or nobody yet, the table has no rows.
    """
    import pandas as pd

    hidden = results is None or bool(results.get("hidden"))
    kind = KINDS[activity.kind]
    rows = [] if hidden else kind.table(activity, results or {})
    columns = list(kind.columns)
    table = pd.DataFrame(rows, columns=["label", *columns]).set_index("label")
    for name in ("count", "first", "n", "points"):
        if name in table:
            table[name] = table[name].astype("Int64")
    return table
