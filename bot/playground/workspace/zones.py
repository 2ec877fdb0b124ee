"""Zones as Slack tells them: the offset of the moment, and a label in words.

Slack lists its labels nowhere. Those of a table are what its examples and its clients show; where there is none, the
city names its time.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.playground.workspace.state import Json

LABELS = {
    "PST": "Pacific Standard Time",
    "PDT": "Pacific Daylight Time",
    "MST": "Mountain Standard Time",
    "MDT": "Mountain Daylight Time",
    "CST": "Central Standard Time",
    "CDT": "Central Daylight Time",
    "EST": "Eastern Standard Time",
    "EDT": "Eastern Daylight Time",
    "AST": "Atlantic Standard Time",
    "ADT": "Atlantic Daylight Time",
    "NST": "Newfoundland Standard Time",
    "NDT": "Newfoundland Daylight Time",
    "AKST": "Alaska Standard Time",
    "AKDT": "Alaska Daylight Time",
    "HST": "Hawaii-Aleutian Standard Time",
    "HDT": "Hawaii-Aleutian Daylight Time",
    "GMT": "Greenwich Mean Time",
    "UTC": "Coordinated Universal Time",
    "BST": "British Summer Time",
    "WET": "Western European Time",
    "WEST": "Western European Summer Time",
    "CET": "Central European Time",
    "CEST": "Central European Summer Time",
    "EET": "Eastern European Time",
    "EEST": "Eastern European Summer Time",
    "MSK": "Moscow Time",
    "WAT": "West Africa Time",
    "CAT": "Central Africa Time",
    "EAT": "East Africa Time",
    "SAST": "South Africa Standard Time",
    "IST": "India Standard Time",
    "IDT": "Israel Daylight Time",
    "PKT": "Pakistan Standard Time",
    "HKT": "Hong Kong Standard Time",
    "JST": "Japan Standard Time",
    "KST": "Korea Standard Time",
    "AWST": "Australian Western Standard Time",
    "ACST": "Australian Central Standard Time",
    "ACDT": "Australian Central Daylight Time",
    "AEST": "Australian Eastern Standard Time",
    "AEDT": "Australian Eastern Daylight Time",
    "NZST": "New Zealand Standard Time",
    "NZDT": "New Zealand Daylight Time",
}
# Where the letters mean something else than in most places.
ELSEWHERE = {
    ("Asia/Jerusalem", "IST"): "Israel Standard Time",
    ("Asia/Manila", "PST"): "Philippine Standard Time",
    ("Asia/Shanghai", "CST"): "China Standard Time",
    ("Asia/Taipei", "CST"): "Taipei Standard Time",
    ("Asia/Macau", "CST"): "China Standard Time",
    ("Europe/Dublin", "IST"): "Irish Standard Time",
}


def zone_of(name: str | None, now: datetime) -> Json:
    """`tz`, `tz_label` and `tz_offset` of a zone at that moment; nothing where Slack knows no zone."""
    if name is None:
        return {}
    return {"tz": name, "tz_label": _label(name, now), "tz_offset": local_offset(name, now)}


def local_offset(name: str, now: datetime) -> int:
    """The offset of a zone from UTC at that moment, in seconds."""
    offset = now.astimezone(ZoneInfo(name)).utcoffset()
    return int(offset.total_seconds()) if offset else 0


def _label(name: str, now: datetime) -> str:
    letters = now.astimezone(ZoneInfo(name)).tzname() or ""
    city = name.rpartition("/")[2].replace("_", " ")
    return ELSEWHERE.get((name, letters)) or LABELS.get(letters) or f"{city} Time"
