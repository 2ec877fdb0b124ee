"""A deed of a rehearsal that Tandem refuses does not happen, and is told of: a behavior should fit its program."""

from datetime import date, time

from structlog.testing import capture_logs

from bot.rehearsal.behaviors.deeds import PlanMeeting
from bot.rehearsal.doing import Doing
from tests.usecases.conftest import Setting, setting

__all__ = ["setting"]

A_DAY_THAT_HAS_PASSED = date(2017, 6, 9)


async def test_what_is_refused_is_told_with_who_and_why(setting: Setting) -> None:
    pair = await setting.pair("tom-maya")
    async with setting.world.store.begin() as records:
        workspace = await records.workspace("T0TANDEM")
        [maya] = await records.members_of_slack_user(workspace.id, "U0MAYA")

    with capture_logs() as logs:
        await Doing(setting.world, maya, pair).do(PlanMeeting(A_DAY_THAT_HAS_PASSED, time(10), 45))

    [told] = logs
    assert (told["event"], told["deed"], told["by"], told["day"]) == (
        "deed_refused",
        "PlanMeeting",
        "maya",
        "2017-06-16",
    )
    assert told["because"]
