"""How a zone is told."""

from datetime import UTC, datetime

import pytest

from bot.playground.workspace.zones import zone_of

SUMMER, WINTER = datetime(2017, 7, 1, tzinfo=UTC), datetime(2017, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "now", "label", "offset"),
    [
        ("America/Chicago", SUMMER, "Central Daylight Time", -18000),
        ("America/Chicago", WINTER, "Central Standard Time", -21600),
        ("Europe/Berlin", WINTER, "Central European Time", 3600),
        ("Asia/Shanghai", WINTER, "China Standard Time", 28800),
        ("Asia/Kolkata", SUMMER, "India Standard Time", 19800),
        ("Europe/Dublin", SUMMER, "Irish Standard Time", 3600),
        ("Asia/Kathmandu", SUMMER, "Kathmandu Time", 20700),
    ],
)
def test_a_zone_is_told_in_words_for_the_moment(zone: str, now: datetime, label: str, offset: int) -> None:
    assert zone_of(zone, now) == {"tz": zone, "tz_label": label, "tz_offset": offset}


def test_where_no_zone_is_known_none_is_told() -> None:
    assert zone_of(None, SUMMER) == {}
