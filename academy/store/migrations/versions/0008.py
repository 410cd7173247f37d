"""Editions: a course with people of its own. What there was becomes the first one, whose id is the course's."""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

OF_AN_EDITION = ("join.open", "links.course_end", "links.days_after_course", "grading.show_names")
"""Settings that the installation had and each edition has now."""
ROWS = (
    "revision",
    "submission",
    "release",
    "feedback",
    "review",
    "review_event",
    "course_event",
    "live_session",
)
"""Tables whose rows name a course."""
ONLY_COURSE = "innovative-workers-education"
"""The one that the kit brought when a folder with people did not say which course they take."""


def upgrade() -> None:
    """Bring the tables forward."""
    _make_tables()
    connection = op.get_bind()
    chosen, editions = _editions(connection)
    for edition in editions:
        connection.execute(
            sa.text(
                "INSERT INTO edition (id, course, title, listed, created_at) "
                "VALUES (:id, :id, '', :yes, (SELECT coalesce(min(created_at), CURRENT_TIMESTAMP) FROM person))"
            ),
            {"id": edition, "yes": True},
        )
        connection.execute(
            sa.text(
                "INSERT INTO enrolment (edition, person_id, role, display_name, groups, active, erased, at) "
                "SELECT :id, person.id, role, display_name, coalesce(person_private.groups, '[]'), active, :no, "
                "created_at "
                "FROM person LEFT JOIN person_private ON person_private.person_id = person.id"
            ),
            {"id": edition, "no": False},
        )
        connection.execute(
            sa.text(
                "INSERT INTO team_member (edition, person_id, team_id, at) "
                "SELECT :id, person_id, team_id, at FROM team_member_before"
            ),
            {"id": edition},
        )
        for key in OF_AN_EDITION:
            connection.execute(
                sa.text(
                    "INSERT INTO edition_setting (edition, key, value) SELECT :id, key, value FROM setting "
                    "WHERE key = :key"
                ),
                {"id": edition, "key": key},
            )
    _move_openings(connection, editions)
    op.drop_table("team_member_before")
    with op.batch_alter_table("person_private") as table:
        table.drop_column("groups")
    # Renamed, not made anew: all that people wrote hangs on this table.
    op.execute("ALTER TABLE person RENAME COLUMN role TO kind")
    op.execute("UPDATE person SET kind = 'person' WHERE kind <> 'team'")
    op.execute(sa.text("UPDATE person SET active = :yes").bindparams(yes=True))
    op.execute(sa.text("UPDATE credential SET edition = :id WHERE kind = 'join'").bindparams(id=chosen))
    gone = ", ".join(f"'{key}'" for key in (*OF_AN_EDITION, "course", "at_start"))
    op.execute(f"DELETE FROM setting WHERE key IN ({gone})")  # noqa: S608 - our own words


def _make_tables() -> None:
    op.create_table(
        "edition",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("course", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("start", sa.Date(), nullable=True),
        sa.Column("end", sa.Date(), nullable=True),
        sa.Column("listed", sa.Boolean(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_edition_course", "edition", ["course"])
    op.create_table(
        "edition_setting",
        sa.Column("edition", sa.String(length=64), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("edition", "key"),
    )
    op.create_table(
        "enrolment",
        sa.Column("edition", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=16), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("display_name", sa.String(length=60), nullable=False),
        sa.Column("groups", sa.JSON(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("erased", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("edition", "person_id"),
    )
    op.create_index("ix_enrolment_person_id", "enrolment", ["person_id"])
    op.add_column("credential", sa.Column("edition", sa.String(length=64), nullable=True))
    op.drop_index("ix_team_member_team_id", "team_member")
    op.rename_table("team_member", "team_member_before")
    op.create_table(
        "team_member",
        sa.Column("edition", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=16), nullable=False),
        sa.Column("team_id", sa.String(length=16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["team_id"], ["person.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("edition", "person_id"),
    )
    op.create_index("ix_team_member_team_id", "team_member", ["team_id"])


def _editions(connection: sa.Connection) -> tuple[str | None, list[str]]:
    """The course that was served last, to which the join codes belong, and all that people have worked in."""
    row = connection.execute(sa.text("SELECT value FROM setting WHERE key = 'course'")).first()
    chosen = None if row is None else _json(row[0])
    named = set() if chosen is None else {chosen}
    for table in ROWS:
        named |= {name for (name,) in connection.execute(sa.text(f"SELECT DISTINCT course FROM {table}"))}  # noqa: S608
    if not named and connection.execute(sa.text("SELECT 1 FROM person")).first() is not None:
        named = {ONLY_COURSE}
    editions = sorted(named)
    return chosen or (editions[0] if editions else None), editions


def _move_openings(connection: sa.Connection, editions: list[str]) -> None:
    """What was opened at the start, once in the life of each course."""
    row = connection.execute(sa.text("SELECT value FROM setting WHERE key = 'at_start'")).first()
    for edition, opened in ({} if row is None else _json(row[0])).items():
        if edition in editions:
            connection.execute(
                sa.text(
                    "INSERT INTO edition_setting (edition, key, value) VALUES (:id, 'at_start', :value)"
                ).bindparams(sa.bindparam("value", type_=sa.JSON())),
                {"id": edition, "value": opened},
            )


def _json(value: Any) -> Any:
    """What a JSON column holds; PostgreSQL's driver has read it already."""
    try:
        return json.loads(value) if isinstance(value, str) else value
    except ValueError:
        return value
