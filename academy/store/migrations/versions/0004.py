"""The live room: sessions of webinars, what is asked and answered in them, and who is there."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def _session(*, primary: bool = False) -> sa.Column[int]:
    place = sa.ForeignKey("live_session.id", ondelete="CASCADE")
    return sa.Column("session_id", sa.Integer(), place, nullable=False, primary_key=primary)


def upgrade() -> None:
    """Bring the tables forward."""
    op.create_table(
        "live_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course", sa.String(length=64), nullable=False),
        sa.Column("webinar", sa.String(length=64), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("guests", sa.Boolean(), nullable=False),
        sa.Column("current", sa.String(length=64), nullable=True),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("salt", sa.LargeBinary(length=32), nullable=True),
        sa.Column("by", sa.String(length=16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code"),
    )
    op.create_index("ix_live_session_webinar", "live_session", ["course", "webinar", "state"], unique=False)
    op.create_table(
        "live_activity",
        _session(primary=True),
        sa.Column("activity", sa.String(length=64), primary_key=True),
        sa.Column("phase", sa.String(length=8), nullable=False),
        sa.Column("held", sa.Boolean(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("names", sa.String(length=9), nullable=False),
        sa.Column("spec", sa.JSON(), nullable=True),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
    )
    op.create_table(
        "live_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        _session(),
        sa.Column("activity", sa.String(length=64), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("who", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column("ids", sa.JSON(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("entered", sa.String(length=40), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("session_id", "activity", "round", "who"),
    )
    op.create_table(
        "live_mark",
        _session(primary=True),
        sa.Column("activity", sa.String(length=64), primary_key=True),
        sa.Column("item", sa.String(length=80), primary_key=True),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("merged", sa.String(length=80), nullable=True),
        sa.Column("answered", sa.Boolean(), nullable=False),
    )
    op.create_table(
        "live_seat",
        _session(primary=True),
        sa.Column("who", sa.String(length=16), primary_key=True),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("guest", sa.Boolean(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
    )
    op.create_table(
        "live_event",
        sa.Column("id", sa.Integer(), nullable=False),
        _session(),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("by", sa.String(length=16), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("undone", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_live_event_session", "live_event", ["session_id", "undone"], unique=False)
