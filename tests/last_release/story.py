"""What the last release does on a database that this one has brought up to date. Run with the last release's code.

It uses nothing of this release, so it may only say what both say alike. It is given the URL of the database, and tells
in one line of JSON what became of it.
"""

import asyncio
import json
import sys
from datetime import UTC, datetime
from typing import Any

from pydantic import SecretStr

import bot
from bot.content.designs import read_program
from bot.content.rosters import read_roster
from bot.content.shipped import shipped_program
from bot.doctor import examine
from bot.manifest import read_manifest
from bot.playground import Member, Playground
from bot.settings import Settings
from bot.usecases.load_program import load_program
from bot.wiring import Tandem, open_tandem, serve
from scheduler.jobs import tick

FIRST_MORNING = datetime(2017, 6, 1, 15, tzinfo=UTC)  # the first day of the sample program, 10:00 in Chicago
FIVE_WEEKS_LATER = datetime(2017, 7, 6, 15, tzinfo=UTC)


async def play(database_url: str) -> dict[str, Any]:
    """Load the sample program, plan and send, log a meeting, plan and send again, examine."""
    program_file, roster_file = shipped_program("alcts-2017")
    program = read_program(program_file)
    roster = read_roster(roster_file, None, program)
    people = [Member(id=str(person.slack_id), name=person.key, real_name=person.name) for person in roster.people]
    mentee = next(str(person.slack_id) for person in roster.people if person.key == roster.pairs[0].mentee)
    async with Playground(dict(read_manifest().raw), people, now=FIRST_MORNING, ack_seconds=30.0) as playground:
        settings = settings_for(playground, database_url)
        async with open_tandem(settings, playground.clock.now) as tandem, serve(tandem, settings):
            async with tandem.store.begin() as records:
                workspace = await records.workspace(playground.team_id)
                await load_program(records, workspace.id, program, roster, FIRST_MORNING)
            await tick(tandem)
            first = posted(playground)
            await playground.person(mentee).types("/checkin today 45")
            assert await tandem.doors.busy.finish(60)
            playground.clock.set(FIVE_WEEKS_LATER)
            await tick(tandem)
            return {
                "code": bot.__file__,
                "first": first,
                "later": posted(playground) - first,
                "meetings": await minutes_logged(tandem, workspace.id, mentee),
                "findings": [str(finding) for finding in await examine(settings)],
            }


def settings_for(playground: Playground, database_url: str) -> Settings:
    """Return the settings of a Tandem that lives in this playground."""
    return Settings(
        _env_file=None,
        slack_bot_token=SecretStr(playground.bot_token),
        slack_app_token=SecretStr(playground.app_token),
        slack_api_url=playground.api_url,
        database_url=database_url,
    )


def posted(playground: Playground) -> int:
    """Count the messages that Slack took."""
    return sum(call.method == "chat.postMessage" and call.answer["ok"] for call in playground.calls)


async def minutes_logged(tandem: Tandem, workspace_id: str, slack_id: str) -> list[int]:
    """Return the lengths of the meetings of somebody's only pair."""
    async with tandem.store.begin() as records:
        [member] = await records.members_of_slack_user(workspace_id, slack_id)
        return [meeting.minutes for meeting in await records.meetings(member.pairs[0].id, 10)]


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asyncio.run(play(sys.argv[1]))) + "\n")
