"""Moments as people read them."""

from datetime import UTC, datetime

import pytest

from academy_widgets.dates import when

AT = datetime(2026, 3, 9, 22, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "zone", "said"),
    [
        ("en", "Asia/Beirut", "10 March 2026 · 00:05"),
        ("en", "America/Lima", "9 March 2026 · 17:05"),
        ("ar", "Asia/Beirut", "10 مارس 2026 · 00:05"),
        ("en", "UTC", "9 March 2026 · 22:05 UTC"),
        ("en", None, "9 March 2026 · 22:05 UTC"),
        ("en", "Mars/Olympus", "9 March 2026 · 22:05 UTC"),
        ("en", "../../etc/passwd", "9 March 2026 · 22:05 UTC"),
    ],
)
def test_a_moment_is_said_in_ones_language_and_zone_and_else_in_utc(language, zone, said):
    assert when(AT, language, zone) == said
