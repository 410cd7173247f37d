"""New databases get the tables that the migrations made in the first one: to run them takes longer than most tests."""

from __future__ import annotations

from typing import Any

from alembic import command
from alembic.config import Config

__all__ = ["copied", "forget"]

_made: list[str] = []


def copied() -> None:
    """Let a new database of SQLite be filled from what the migrations have once written in this process."""
    really = command.upgrade

    def upgrade(config: Config, revision: str, **more: Any) -> None:
        connection = config.attributes["connection"]
        new = revision == "head" and connection.dialect.name == "sqlite" and _is_empty(connection)
        if new and _made:
            for statement in _made:
                connection.exec_driver_sql(statement)
            return
        really(config, revision, **more)
        if new:
            around = ("BEGIN TRANSACTION;", "COMMIT;")
            dump = connection.connection.driver_connection.iterdump()
            _made[:] = [statement for statement in dump if statement not in around]

    command.upgrade = upgrade


def forget() -> None:
    """Let the migrations run on the next new database."""
    _made.clear()


def _is_empty(connection: Any) -> bool:
    return connection.exec_driver_sql("SELECT 1 FROM sqlite_master").first() is None
