"""Follow accounts: who leaves the Slack workspace hears nothing any more; who comes back does; and who is a guest."""

from bot.usecases.end_pair import tell_who_is_back
from bot.usecases.find_people import Directory
from bot.usecases.tell_guest import tell_guest
from bot.usecases.tell_unreachable import GONE, SLACKS_NAMES_FOR_GONE, tell_reachable, tell_unreachable
from bot.usecases.world import World

A_TURN = 5  # minutes
TURNS = 256  # of the 288 of a day: as many as two hexadecimal digits, by which the ids of people end, can say


async def follow_accounts(world: World, directory: Directory) -> int:
    """Ask Slack about the accounts whose turn it is, and follow what has changed; return how many have.

    Slack tells of changes itself, but not of what it could not tell while nobody listened, nor of who is a guest from
    the beginning. Called every five minutes, this asks about each person once a day, and about few at once.
    """
    now, changed = world.now(), 0
    turn = (now.hour * 60 + now.minute) // A_TURN
    if turn >= TURNS:
        return changed
    async with world.store.begin() as records:
        workspaces = await records.workspaces()
        asked = [
            (one.id, slack_id) for one in workspaces for slack_id in await records.slack_users(one.id, f"{turn:02x}")
        ]
    for workspace_id, slack_id in asked:
        user = await directory.by_id(slack_id)
        if user is not None:
            changed += await follow_account(world, workspace_id, slack_id, gone=user.deleted, guest=user.guest)
    return changed


async def follow_account(world: World, workspace_id: str, slack_id: str, *, gone: bool, guest: bool = False) -> bool:
    """Record that a Slack account was deactivated or works (again); return whether that changed anything.

    Safe to call often: Slack tells of each change of a status or picture. What makes a person unreachable for another
    reason than an account that is gone stays.
    """
    now = world.now()
    async with world.store.begin() as records:
        person = await records.person_of_slack_user(workspace_id, slack_id)
        if person is None:
            return False
        reason = _reason(person.unreachable, gone=gone)
        if guest and not reason:
            await tell_guest(records, workspace_id, person, now)
        if reason == person.unreachable:
            return False
        if reason:
            await tell_unreachable(records, workspace_id, person.id, reason, now)
        else:
            await records.mark_unreachable(person.id, "", now)
            await tell_reachable(records, workspace_id, person, now)
            await tell_who_is_back(records, workspace_id, person, now)
        await records.look_now(now, person_id=person.id)
    return True


def _reason(before: str, *, gone: bool) -> str:
    if gone:
        return before or GONE
    return "" if before in SLACKS_NAMES_FOR_GONE else before
