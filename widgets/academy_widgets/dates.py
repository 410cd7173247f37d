"""Formats times for people."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.dates import format_date, format_time

from academy.i18n import interface
from academy.languages import locale_of

__all__ = ["when", "zone_of"]


def zone_of(time_zone: str | None) -> ZoneInfo:
    """Return a time zone by its name, or UTC if there is none of that name."""
    try:
        return ZoneInfo(time_zone or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def when(at: datetime, language: str, time_zone: str | None) -> str:
    """Say a moment in words, in the person's language and time zone (UTC, and said so, if theirs is not known).

    It stands in sentences of the interface, and is in its language.
    """
    zone = zone_of(time_zone)
    local = at.astimezone(zone)
    locale = locale_of(interface(language))
    day, hour = format_date(local, "d MMMM y", locale), format_time(local, "HH:mm", locale=locale)
    return f"{day} · {hour} UTC" if zone.key == "UTC" else f"{day} · {hour}"
