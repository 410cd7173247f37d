"""Times as people read them."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.dates import format_date, format_time

__all__ = ["when"]


def when(at: datetime, language: str, time_zone: str | None) -> str:
    """Say a moment in words, in the person's language and time zone (UTC, and said so, if theirs is not known)."""
    try:
        zone = ZoneInfo(time_zone or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        zone = ZoneInfo("UTC")
    local = at.astimezone(zone)
    day, hour = format_date(local, "d MMMM y", language), format_time(local, "HH:mm", locale=language)
    return f"{day} · {hour} UTC" if zone.key == "UTC" else f"{day} · {hour}"
