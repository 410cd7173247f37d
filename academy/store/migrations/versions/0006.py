"""The live room: no row tells when it came, and what ties an answer to its giver leaves the database."""

import hashlib
import hmac
import json
import secrets
from typing import Any

import sqlalchemy as sa
from alembic import context, op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Bring the tables forward; whose an anonymous answer of a closed session was is forgotten."""
    old = _read("live_session", "live_activity", "live_answer", "live_mark", "live_seat")
    answers = _answers(old)
    for name in ("live_answer", "live_mark", "live_seat"):
        op.drop_table(name)
    _tables()
    op.drop_column("live_session", "salt")
    op.add_column("live_session", sa.Column("scrub", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.get_bind().execute(sa.text("UPDATE live_session SET scrub = :yes"), {"yes": True})
    _write("live_answer", answers)
    _write("live_mark", old["live_mark"])
    _write("live_seat", old["live_seat"])


def _answers(old: dict[str, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """The answers without their order; those of open sessions are tied by files, those of closed ones to nobody."""
    bind = op.get_bind()
    op.add_column("live_activity", sa.Column("tie", sa.String(length=16), nullable=True))
    sessions = {row["id"]: row for row in old["live_session"]}
    names = {(row["session_id"], row["activity"]): row["names"] for row in old["live_activity"]}
    for (session, activity), told in names.items():
        salt, code = sessions[session]["salt"], sessions[session]["code"]
        if salt is not None and told == "anonymous":
            values = {
                "tie": context.config.attributes["ties"].make(code, bytes(salt)),
                "s": session,
                "a": activity,
            }
            bind.execute(
                sa.text("UPDATE live_activity SET tie = :tie WHERE session_id = :s AND activity = :a"), values
            )
    bind.execute(sa.text("UPDATE live_session SET salt = NULL"))
    for number, row in sessions.items():
        if row["state"] == "closed":
            query = sa.text("UPDATE live_event SET before = :none, undone = :yes WHERE session_id = :s")
            bind.execute(query, {"none": "{}", "yes": True, "s": number})
    found = []
    for row in sorted(old["live_answer"], key=lambda row: int(row["id"])):
        session = sessions[row["session_id"]]
        anonymous = names.get((row["session_id"], row["activity"]), "anonymous") == "anonymous"
        kept = {
            name: row[name] for name in ("session_id", "activity", "round", "who", "key", "value", "entered")
        }
        kept |= {"ids": _plain(row["ids"]), "value": _plain(row["value"]), "later": None}
        kept["came"] = None if anonymous else row["rev"]
        if anonymous and session["salt"] is None:
            kept |= {"who": f"~{secrets.token_hex(16)}", "ids": [], "entered": ""}
        elif row["who"].startswith("~"):
            kept["ids"] = [_receipt(bytes(session["salt"]), item) for item in kept["ids"]]
        found.append(kept)
    return found


def _receipt(salt: bytes, client_id: str) -> str:
    return hmac.new(salt, b"receipt" + client_id.encode(), hashlib.sha256).hexdigest()[:20]


def _plain(value: Any) -> Any:
    """A JSON value as it is read without its type: SQLite gives its text, PostgreSQL what it says."""
    return json.loads(value) if op.get_bind().dialect.name == "sqlite" else value


def _read(*names: str) -> dict[str, list[dict[str, Any]]]:
    bind = op.get_bind()
    return {
        name: [dict(row) for row in bind.execute(sa.text(f"SELECT * FROM {name}")).mappings()]  # noqa: S608 - our own
        for name in names
    }


def _write(name: str, rows: list[dict[str, Any]]) -> None:
    """Rows in no order."""
    secrets.SystemRandom().shuffle(rows)
    if rows:
        table = sa.Table(name, sa.MetaData(), *_columns(name))
        op.bulk_insert(table, rows)


def _columns(name: str) -> list[sa.Column[Any]]:
    place = sa.ForeignKey("live_session.id", ondelete="CASCADE")
    session: sa.Column[Any] = sa.Column("session_id", sa.Integer(), place, primary_key=True)
    if name == "live_answer":
        return [
            session,
            sa.Column("key", sa.String(length=12), primary_key=True),
            sa.Column("activity", sa.String(length=64), nullable=False),
            sa.Column("round", sa.Integer(), nullable=False),
            sa.Column("who", sa.String(length=40), nullable=False),
            sa.Column("ids", sa.JSON(), nullable=False),
            sa.Column("value", sa.JSON(none_as_null=True), nullable=True),
            sa.Column("later", sa.JSON(none_as_null=True), nullable=True),
            sa.Column("entered", sa.String(length=40), nullable=False),
            sa.Column("came", sa.Integer(), nullable=True),
        ]
    if name == "live_mark":
        return [
            session,
            sa.Column("activity", sa.String(length=64), primary_key=True),
            sa.Column("item", sa.String(length=80), primary_key=True),
            sa.Column("state", sa.String(length=8), nullable=False),
            sa.Column("merged", sa.String(length=80), nullable=True),
            sa.Column("answered", sa.Boolean(), nullable=False),
        ]
    return [
        session,
        sa.Column("who", sa.String(length=16), primary_key=True),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("guest", sa.Boolean(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
    ]


def _tables() -> None:
    """Tables whose rows stand in the order of their keys: SQLite numbers no row of them."""
    single = sa.UniqueConstraint("session_id", "activity", "round", "who")
    for name, more in (("live_answer", [single]), ("live_mark", []), ("live_seat", [])):
        op.create_table(name, *_columns(name), *more, sqlite_with_rowid=False)
