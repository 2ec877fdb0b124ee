"""What is to be said on one Monday: each kind of message once, written down by hand.

On 19 June 2017, at 10 in Chicago, Tom and Maya have a reminder and a prompt, Noor and Ines are a new pair, Lena gets
her digest, and Ada tells the mentors something. Slack fails twice: it takes Maya's message and does not say so, and it
does not take Tom's. So within three minutes all of planning, claiming, sending, settling and looking up comes about.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.domain.announcements import Announcement
from bot.domain.people import Member
from bot.domain.program import Role
from bot.settings import Settings, read_settings
from bot.usecases.announce import announce
from bot.usecases.load_program import load_program
from bot.wiring import Tandem, open_tandem
from tests.kills.shelves import Shelf
from tests.kills.slack import DROPPED, TAKEN, LeanSlack
from tests.small_program import DESIGN, ROSTER, small_program

NOBODY_LISTENS = "http://127.0.0.1:9/api/"
TEAM, TOKEN = "T0TANDEM", "xoxb-of-a-test"
MONDAY = datetime(2017, 6, 19, 15, tzinfo=UTC)
BEFORE = MONDAY - timedelta(hours=1)
SETTLED = MONDAY + timedelta(minutes=3)
MOMENTS = (MONDAY, SETTLED)
BROKEN = {("U0TOM", 1): DROPPED, ("U0MAYA", 1): TAKEN}

NEW_PAIR = ROSTER.replace("pair,ines-noor,,,,,,ines,noor,lena,,,", "pair,ines-noor,,,,,,ines,noor,lena,,2017-06-19,")

# Whom, and the beginnings of all parts of the one message.
EXPECTED: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("U0TOM", ("It has been 18 days since the start, and your rhythm with Maya", "A rhythm holds")),
    ("U0TOM", ("*Ada Novak* writes to the program:\nThe training moves to Friday.",)),
    ("U0MAYA", ("It has been 18 days since the start, and your rhythm with Tom", "Name three goals")),
    ("U0INES", ("You and Noor are a pair from now on",)),
    ("U0INES", ("*Ada Novak* writes to the program:\nThe training moves to Friday.",)),
    ("U0NOOR", ("Name three goals",)),
    ("U0NOOR", ("*Ada Novak* writes to the program:\nThe training moves to Friday.",)),
    ("U0LENA", ("2 of your 3 pairs could use a look this week",)),
)
FINAL_LINE = "Done. It reached 3 people."


def settings_for(database_url: str, slack_url: str) -> Settings:
    """Return the settings of a worker."""
    return read_settings(slack_bot_token=TOKEN, slack_api_url=slack_url, database_url=database_url, _env_file=None)


async def write_day(shelf: Shelf) -> None:
    """Write the day into a database of nobody's, and keep that."""
    async with open_tandem(settings_for(shelf.url, NOBODY_LISTENS), now=lambda: BEFORE) as tandem:
        await load_day(tandem)
    shelf.keep()


async def load_day(tandem: Tandem) -> None:
    """Load the program, and let Ada announce."""
    program, roster = small_program(DESIGN, NEW_PAIR)
    async with tandem.store.begin() as records:
        workspace = await records.workspace(TEAM)
        await load_program(records, workspace.id, program, roster, BEFORE)
        (program,) = await records.programs(workspace.id)
        members = await records.members(program.id)
    ada = next(member for member in members if member.person.key == "ada")
    await announce(tandem.world, ada, _announcement(ada))


def _announcement(ada: Member) -> Announcement:
    return Announcement(
        ada.program.id,
        ada.person.id,
        "The training moves to Friday.",
        frozenset({Role.MENTOR}),
        token="once",
        at=BEFORE,
        channel="DADA",
        ts="1.0",
    )


@dataclass(frozen=True, slots=True)
class Verdict:
    """What went wrong: nothing, if all is well."""

    lost: tuple[str, ...] = ()
    twice: tuple[str, ...] = ()
    strange: tuple[str, ...] = ()
    hanging: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.lost or self.twice or self.strange or self.hanging)


def judge(shelf: Shelf, slack: LeanSlack) -> Verdict:
    """Compare what stands in the conversations with what was to be said, and look for what hangs in the records."""
    heard = Counter(_which(person, message["text"]) for person, all_ in slack.messages.items() for message in all_)
    wanted = {f"{person}: {parts[0][:40]}" for person, parts in EXPECTED}
    hanging = [f"note {state}" for (state,) in shelf.rows("SELECT state FROM notes")]
    hanging = [note for note in hanging if note in ("note sending", "note unknown")]
    due = f"SELECT id FROM nudges WHERE state = 'open' AND not_before <= '{slack.now:%Y-%m-%dT%H:%M:%S}~'"
    hanging += ["an open nudge" for _ in shelf.rows(due)]
    if not slack.updates or FINAL_LINE not in slack.updates[-1]["text"]:
        hanging.append("the progress line")
    return Verdict(
        lost=tuple(sorted(wanted - heard.keys())),
        twice=tuple(sorted(what for what, times in heard.items() if times > 1)),
        strange=tuple(sorted(heard.keys() - wanted)),
        hanging=tuple(hanging),
    )


def _which(person: str, text: str) -> str:
    """Name the expected message that this is; otherwise return it in full."""
    for who, parts in EXPECTED:
        if who == person and all(part in text for part in parts):
            return f"{person}: {parts[0][:40]}"
    return f"{person}: {text}"
