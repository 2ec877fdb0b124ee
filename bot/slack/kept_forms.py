"""Forms that lose nothing: what is typed is kept while it is typed, and stands there again when they are opened.

Slack tells nothing of what stood in a form that is closed, so each field tells of its changes itself.
"""

from collections.abc import Mapping

from bot.domain.drafts import Draft
from bot.slack import blocks as b
from bot.slack.visit import Inputs, Visit


def telling(block: b.Block, action: str) -> b.Block:
    """Let a field tell of its changes, to the screen that answers `action` (see `Doors.action`)."""
    element = block["element"] | {"action_id": f"{action}:{block['block_id']}"}
    if element["type"] == "plain_text_input":
        element["dispatch_action_config"] = {"trigger_actions_on": ["on_character_entered"]}
    return block | {"element": element, "dispatch_action": True}


def typed_in(inputs: Inputs) -> dict[str, str]:
    """Return all that stands in a form, by the names of its fields; boxes by their values, with spaces between."""
    return {name: inputs.text(name) or " ".join(inputs.chosen(name)) for name in inputs.values}


async def keep_draft(visit: Visit, form: str, subject: str) -> None:
    """Keep what stands in the form that tells of a change, for this person alone."""
    await keep_words(visit, form, subject, typed_in(visit.inputs))


async def keep_words(visit: Visit, form: str, subject: str, fields: Mapping[str, str]) -> None:
    """Keep words that were typed elsewhere, such as after a command, for the form."""
    world = visit.world
    draft = Draft(visit.person.id, form, subject, fields, world.now())
    async with world.store.begin() as records:
        await records.put_draft(draft)


async def draft_of(visit: Visit, form: str, subject: str) -> Mapping[str, str] | None:
    """Return what somebody typed and did not send; None if there is nothing."""
    async with visit.world.store.begin() as records:
        found = await records.draft(visit.person.id, form, subject)
    return found.fields if found else None
