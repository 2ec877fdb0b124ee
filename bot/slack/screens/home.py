"""App Home: what a person is part of, the next action first; and a liaison's caseload."""

from bot.domain.errors import RuleBroken
from bot.slack import blocks as b
from bot.slack.doors import Doors
from bot.slack.home import Homes
from bot.slack.home_view import caseload_blocks
from bot.slack.visit import Visit


def register(doors: Doors) -> None:
    """Publish when Home is opened and after the person's own changes; answer the button of the digest."""
    homes = Homes()
    doors.event("app_home_opened", homes.opened, once=False)
    doors.after_each(homes.changed)
    doors.action("caseload", show_caseload)


async def show_caseload(visit: Visit) -> None:
    """[See my pairs]: a liaison's whole caseload in one program, in a window that leaves nothing behind."""
    member = next((member for member in visit.current if member.program.id == visit.value), None)
    if member is None:
        raise RuleBroken(visit.world.words.say("kind_errors.stale_button"))
    shown = caseload_blocks(visit.world.composer, member, visit.today)
    if member.caseload(visit.today):
        move = b.button("move_phase", visit.world.words.say("buttons.move_phase"))
        shown.append(b.actions([move], "caseload-phases"))
    await visit.open(b.modal("caseload", "Pairs that you follow", shown, close="Done"))
