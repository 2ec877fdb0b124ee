"""Follow account: who leaves the Slack workspace hears nothing any more; who comes back does."""

from bot.usecases.end_pair import tell_who_is_back
from bot.usecases.tell_unreachable import GONE, SLACKS_NAMES_FOR_GONE, tell_reachable, tell_unreachable
from bot.usecases.world import World


async def follow_account(world: World, workspace_id: str, slack_id: str, *, gone: bool) -> bool:
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
