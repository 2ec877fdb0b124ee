"""Logging a meeting, as people do it in Slack."""

from tests.stories.conftest import Lookup
from tests.stories.people import Desk


async def test_a_meeting_is_logged_with_the_form(maya: Desk, records: Lookup) -> None:
    await maya.types("/checkin")

    assert await maya.submits(minutes=45, means="Video") == {}

    [meeting] = await records.meetings("tom-maya")
    assert (str(meeting.day), meeting.minutes) == ("2017-06-16", 45)
    assert "Logged: Friday, June 16, 45 minutes by video with Tom." in maya.reading
