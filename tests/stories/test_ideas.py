"""Ideas: the one that goes out, the others that are to be had, and activities to send to one's partner."""

from datetime import UTC, datetime

from tests.stories.conftest import Lookup, Stage
from tests.stories.people import Desk

MONDAY_MORNING = datetime(2017, 6, 19, 15, tzinfo=UTC)  # connecting has begun on the Sunday
TUESDAY_MORNING = datetime(2017, 6, 20, 15, tzinfo=UTC)

PAIR_WITH = {"Ben": "noor-ben", "Inês": "ines-noor"}  # the pairs of Noor


def ideas_seen(desk: Desk) -> list[str]:
    return [message["text"] for message in desk.messages if "[Another idea]" in message["text"]]


async def test_one_idea_goes_out_when_a_phase_begins(stage: Stage, maya: Desk, tom: Desk) -> None:
    await stage.tick(MONDAY_MORNING)

    assert len(ideas_seen(maya)) == len(ideas_seen(tom)) == 1
    assert "Name three goals for the months ahead" in ideas_seen(maya)[0]
    assert "A rhythm holds when it survives a busy month" in ideas_seen(tom)[0]


async def test_what_is_done_is_not_suggested(stage: Stage, maya: Desk) -> None:
    await maya.types("/goal set")
    await maya.submits(what="Learn to catalog maps")

    await stage.tick(MONDAY_MORNING)

    assert "Name three goals" not in ideas_seen(maya)[0]
    assert "Some topics are better left out" in ideas_seen(maya)[0]


async def test_who_is_in_two_pairs_hears_of_both_in_one_note(stage: Stage, noor: Desk) -> None:
    await stage.tick(MONDAY_MORNING)

    (note,) = ideas_seen(noor)
    assert "Suggest one to Ben" in note
    assert "that Inês could do to help" in note


async def test_another_idea_comes_below_the_note_in_place_of_the_button(stage: Stage, maya: Desk) -> None:
    await stage.tick(MONDAY_MORNING)
    count = len(maya.messages)

    await maya.clicks("Another idea")

    assert len(maya.messages) == count
    assert "Name three goals" in maya.reading
    assert "Your agreement takes about four minutes" in maya.reading
    assert maya.buttons() == ["Another idea", "Ideas for a meeting"]


async def test_ideas_can_be_asked_for_one_after_the_other(stage: Stage, maya: Desk, records: Lookup) -> None:
    await stage.goes_to(TUESDAY_MORNING)

    await maya.types("/mentoring ideas")
    seen = [maya.reading]
    for _ in range(5):
        await maya.clicks("Another idea")
        seen.append(maya.reading)

    assert all("*Connecting*, with Tom" in said for said in seen)
    assert len(set(seen)) == 6
    assert "Only you see this" in maya.reading


async def test_in_two_pairs_another_idea_for_one_leaves_the_other_s_where_it_stands(stage: Stage, noor: Desk) -> None:
    await stage.goes_to(TUESDAY_MORNING)
    await noor.types("/mentoring ideas")

    for which in ("Ben", "Inês", "Ben"):
        before = _by_partner(noor)
        assert set(before) == {"Ben", "Inês"}
        await noor.clicks("Another idea", block_id=f"idea-{(await stage.records.pair(PAIR_WITH[which])).id}")

        after = _by_partner(noor)
        assert {name for name in before if before[name] != after[name]} == {which}


def _by_partner(desk: Desk) -> dict[str, str]:
    """The ideas that stand in the newest message, by whom they are with."""
    said = [block["text"]["text"] for block in desk.messages[-1]["blocks"] if block["type"] == "section"]
    return {name: text for name in PAIR_WITH for text in said if f", with {name}" in text}


async def test_a_stranger_a_reader_and_a_liaison_have_no_ideas(stranger: Desk, charlie: Desk, lena: Desk) -> None:
    for desk in (stranger, charlie, lena):
        await desk.types("/mentoring ideas")
        assert "[Another idea]" not in desk.reading

    assert "You are in no pair at the moment" in lena.reading


async def test_nobody_reaches_another_pair_by_a_button_of_theirs(stage: Stage, maya: Desk, ben: Desk) -> None:
    await maya.types("/mentoring ideas")
    other = await stage.records.pair("noor-ben")

    await maya.types("/mentoring activities")
    shown = maya.messages[-1]
    for block in shown["blocks"]:
        for element in block.get("elements", []):
            if element.get("action_id") == "send_activity:0":
                element["value"] = f"swap-resumes/{other.id}"
    await maya.clicks("send_activity")
    assert "This has moved on" in maya.reading
    await stage.tick(MONDAY_MORNING)

    assert not any("thought of this" in message["text"] for message in ben.messages)


async def test_an_activity_is_chosen_and_sent_to_the_partner_once(stage: Stage, maya: Desk, tom: Desk) -> None:
    await maya.types("/mentoring activities")
    assert "*Trade a day*" in maya.reading
    assert maya.buttons() == ["Send to Tom", "Another", "Choose one"]

    await maya.clicks("Another")
    assert "*Two articles*" in maya.reading

    await maya.clicks("Send to Tom")
    assert "Tom will get this once" in maya.reading
    assert maya.buttons() == ["Take it back", "Another", "Choose one"]

    await stage.tick(MONDAY_MORNING)
    told = [message["text"] for message in tom.messages if "thought of this" in message["text"]]
    assert len(told) == 1
    assert "Maya thought of this for your next meeting: *Two articles*." in told[0]
    assert not any("thought of this" in message["text"] for message in maya.messages)


async def test_the_same_activity_is_not_sent_twice(stage: Stage, maya: Desk, tom: Desk) -> None:
    for _ in range(2):
        await maya.types("/mentoring activities")
        await maya.clicks("Send to Tom")
    await stage.tick(MONDAY_MORNING)

    assert sum("thought of this" in message["text"] for message in tom.messages) == 1


async def test_who_is_in_two_pairs_chooses_to_whom_an_activity_goes(noor: Desk) -> None:
    await noor.types("/mentoring activities")

    assert noor.buttons()[:2] == ["Send to Inês", "Send to Ben"]


async def test_what_was_sent_is_what_the_two_do_next_until_they_have_met(stage: Stage, maya: Desk, tom: Desk) -> None:
    await maya.types("/mentoring activities")
    await maya.clicks("Send to Tom")

    await maya.types("/mentoring status")
    assert "For your next meeting, your idea: *Trade a day*" in maya.reading
    await tom.types("/mentoring status")
    assert "For your next meeting, Maya’s idea: *Trade a day*" in tom.reading
    await tom.opens_home()
    assert "Maya’s idea: *Trade a day*" in str(tom.home)

    await stage.goes_to(TUESDAY_MORNING)
    await maya.types("/checkin today 30 video")
    await maya.types("/mentoring status")
    assert "Trade a day" not in maya.reading


async def test_what_was_sent_can_be_taken_back_and_who_has_not_read_of_it_does_not(
    stage: Stage, maya: Desk, tom: Desk
) -> None:
    await maya.types("/mentoring activities")
    await maya.clicks("Send to Tom")
    await maya.clicks("Take it back")
    assert "Taken back" in maya.reading
    assert maya.buttons()[0] == "Send to Tom"
    await stage.tick(MONDAY_MORNING)
    await tom.types("/mentoring status")

    assert "Trade a day" not in tom.reading
    assert not any("thought of this" in message["text"] for message in tom.messages)


async def test_what_was_taken_back_can_be_sent_after_all(stage: Stage, maya: Desk, tom: Desk) -> None:
    await maya.types("/mentoring activities")
    await maya.clicks("Send to Tom")
    await maya.clicks("Take it back")
    await maya.clicks("Send to Tom")
    await stage.tick(MONDAY_MORNING)

    assert sum("thought of this" in message["text"] for message in tom.messages) == 1


async def test_who_is_in_two_pairs_sends_to_one_and_may_send_to_the_other(stage: Stage, noor: Desk) -> None:
    await noor.types("/mentoring activities")
    await noor.clicks("Send to Inês")

    assert noor.buttons()[:2] == ["Take it back", "Send to Ben"]
    await noor.clicks("Another")
    assert noor.buttons()[:2] == ["Send to Inês", "Send to Ben"]
