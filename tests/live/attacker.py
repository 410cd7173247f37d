"""Somebody who has one copy of a data folder, keys included, and wants to know who said what."""

import sqlite3
from contextlib import closing
from pathlib import Path

from academy.live.ballots import voter

__all__ = ["all_bytes", "guesses", "keys_of", "most_hits"]


def all_bytes(folder):
    """Everything that stands in the files of a folder."""
    return {file: file.read_bytes() for file in sorted(Path(folder).rglob("*")) if file.is_file()}


def most_hits(folder, truth):
    """How many of `truth` (who: what they wrote) the best of the attacker's ways names rightly."""
    return max(sum(truth.get(who) == said for who, said in guess) for guess in guesses(folder, list(truth)))


def guesses(folder, people):
    """Yield for each way of looking pairs of a person and what they are held to have written."""
    raw = b"".join(all_bytes(folder).values())
    with closing(sqlite3.connect(folder / "academy.sqlite")) as database:
        answers = rows(database, "live_answer", "activity = 'row'")
        seats = rows(database, "live_seat", "who LIKE 'p-%'")
        said = {row["key"]: text_of(row) for row in answers}
        orders = {
            "as they stand": list(said),
            "as they lie in the files": sorted(said, key=lambda key: raw.rfind(key.encode())),
            "as they lay first": sorted(said, key=lambda key: raw.find(key.encode())),
            "by number": [row["key"] for row in by(answers, "id", "rowid")],
            "by revision": [row["key"] for row in by(answers, "rev", "came")],
        }
        came = {
            "as they sit": [row["who"] for row in seats],
            "as they lie in the files": sorted(people, key=lambda who: raw.rfind(who.encode())),
            "as they lay first": sorted(people, key=lambda who: raw.find(who.encode())),
            "by number": [row["who"] for row in by(seats, "rowid")],
        }
    for order in orders.values():
        for people_ in came.values():
            for turned in (order, order[::-1]):
                yield [(who, said[key]) for who, key in zip(people_, turned, strict=False)]


def rows(database, table, where):
    """Rows with their number, where SQLite has one, in the order in which it gives them."""
    database.row_factory = sqlite3.Row
    try:
        return [dict(row) for row in database.execute(f"SELECT rowid, * FROM {table} WHERE {where}")]
    except sqlite3.OperationalError:  # such a table numbers no row
        return [dict(row) for row in database.execute(f"SELECT * FROM {table} WHERE {where}")]


def by(found, *names):
    name = next((name for name in names if found and found[0].get(name) is not None), None)
    return sorted(found, key=lambda row: row[name]) if name else found


def text_of(row):
    return (row["value"] or row.get("later") or "").strip('[]"')


def keys_of(secret, salts, people, activity="row"):
    """The keys under which rows of people would stand."""
    return [voter(secret, salt, activity, 1, who).encode() for salt in salts for who in people]
