"""Drafts: what somebody has typed into a form and not sent yet."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Draft:
    """What stands in one person's form, by the names of its fields: for who typed it, and for nobody else.

    `form` is the form's name, `subject` what it is about, such as a pair's id.
    """

    person_id: str
    form: str
    subject: str
    fields: Mapping[str, str]
    at: datetime
