"""Loading a program: the records say what the files say, and what that changed is told."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.agreements import Agreement, Terms
from bot.domain.endings import Ending, Handover
from bot.domain.goals import Goal
from bot.domain.people import Answer, AnswerKind
from bot.domain.program import Role
from bot.rehearsal.memory import MemoryStore
from bot.store import SqlStore, make_engine
from bot.store.tables import metadata
from bot.usecases.ports import Store
from tests.usecases.loading import CHARLIE, DESIGN, HEADER, MAY, OCTOBER, PAIR, ROSTER, World


@pytest.fixture(params=["memory", "sql"])
async def world(request: pytest.FixtureRequest) -> AsyncIterator[World]:
    """The rehearsal's store and the real one keep the same promises."""
    engine = make_engine("sqlite://")
    async with engine.begin() as connection:
        await connection.run_sync(metadata.create_all)
    store: Store = MemoryStore() if request.param == "memory" else SqlStore(engine)
    async with store.begin() as records:
        workspace = await records.workspace("T0TANDEM")
    yield World(store, workspace.id)
    await engine.dispose()


async def test_the_first_load_adds_everything_and_says_so(world: World) -> None:
    loaded = await world.load()

    assert loaded.program.id
    assert loaded.sentences == (
        "Added: Program Spring Program, 2017-06-01 to 2018-04-30.",
        "Added: Tom Baker (mentor).",
        "Added: Maya Chen (mentee).",
        "Added: Lena Fox (liaison).",
        "Added: Pair tom-maya: Tom Baker and Maya Chen, from 2017-06-01.",
    )
    assert await world.roles() == {
        "tom": frozenset({Role.MENTOR}),
        "maya": frozenset({Role.MENTEE}),
        "lena": frozenset({Role.LIAISON}),
    }
    pair = await world.pair()
    assert (pair.mentor.name, pair.mentee.name, pair.liaison and pair.liaison.name) == (
        "Tom Baker",
        "Maya Chen",
        "Lena Fox",
    )
    assert (pair.rhythm, pair.starts, pair.ends) == (None, date(2017, 6, 1), None)


async def test_the_second_load_of_the_same_files_changes_nothing(world: World) -> None:
    await world.load()
    await world.settle()

    loaded = await world.load()

    assert loaded.sentences == ("Nothing has changed.",)
    assert str(loaded) == "Nothing has changed."
    assert await world.due() == 0


async def test_the_second_load_changes_nothing_months_later_either(world: World) -> None:
    await world.load()
    world.now = OCTOBER

    assert (await world.load()).sentences == ("Nothing has changed.",)


async def test_a_zone_left_blank_is_the_programs(world: World) -> None:
    await world.load()

    assert (await world.person("maya")).zone == ZoneInfo("America/Chicago")
    assert (await world.person("tom")).zone == ZoneInfo("America/New_York")


async def test_a_zone_left_blank_keeps_what_slack_has_told(world: World) -> None:
    await world.load()
    await world.change("maya", lambda maya: replace(maya, zone=ZoneInfo("Pacific/Chatham")))

    await world.load()

    assert (await world.person("maya")).zone == ZoneInfo("Pacific/Chatham")


async def test_a_changed_person_is_told_field_by_field_and_looked_at_again(world: World) -> None:
    await world.load()
    await world.settle()

    loaded = await world.load(ROSTER.replace("Tom Baker,U0TOM,,America/New_York", "Tom Bakker,U0TOM,,America/Denver"))

    assert loaded.sentences == (
        "Changed: Tom Bakker: name: Tom Baker → Tom Bakker; zone: America/New_York → America/Denver.",
    )
    assert await world.due() == 2  # Tom and his pair


async def test_a_slack_id_that_was_found_is_kept_while_the_roster_has_the_address(world: World) -> None:
    await world.load()
    await world.change("maya", lambda maya: replace(maya, slack_id="U0MAYA"))

    loaded = await world.load()

    assert loaded.sentences == ("Nothing has changed.",)
    assert (await world.person("maya")).slack_id == "U0MAYA"


async def test_a_slack_id_that_came_from_another_address_is_looked_up_anew(world: World) -> None:
    await world.load()
    await world.change("maya", lambda maya: replace(maya, slack_id="U0MAYA"))

    loaded = await world.load(ROSTER.replace("maya@example.org", "maya.chen@example.org"))

    assert loaded.sentences == (
        "Changed: Maya Chen: Slack id: U0MAYA → none; e-mail: maya@example.org → maya.chen@example.org.",
    )


async def test_a_new_address_makes_an_unreachable_person_worth_trying_again(world: World) -> None:
    await world.load()
    await world.change("tom", lambda tom: replace(tom, unreachable="account_inactive"))

    await world.load()
    assert (await world.person("tom")).unreachable == "account_inactive"

    await world.load(ROSTER.replace("U0TOM", "U1TOM"))
    assert (await world.person("tom")).unreachable == ""


@pytest.mark.parametrize("account", ["U0TOM,", ",Tom@Example.org"])
async def test_somebody_known_by_another_key_is_matched_and_keeps_that_key(world: World, account: str) -> None:
    await world.load(HEADER + "person,tom,Tom Baker,U0TOM,tom@example.org,,mentor,,,,,,\n")
    again = DESIGN.replace('"spring"', '"autumn"').replace("Spring", "Autumn")

    loaded = await world.load(HEADER + f"person,baker,Tom Baker,{account},,mentee,,,,,,\n", again)

    assert 'Added: Tom Baker (mentee), who is known in this workspace as "tom".' in loaded.sentences
    async with world.store.begin() as records:
        people = await records.people(world.workspace_id)
        assert [person.key for person in people] == ["tom"]
        assert await records.roles(loaded.program.id) == {people[0].id: frozenset({Role.MENTEE})}


async def test_a_key_that_is_somebody_elses_is_refused(world: World) -> None:
    await world.load()

    assert await world.refuses(ROSTER.replace("Tom Baker,U0TOM", "Ann Lee,U0ANN")) == (
        'roster.csv:2:1: The key "tom" is Tom Baker\'s in this workspace: write another key.'
    )


async def test_an_account_that_is_somebody_elses_is_refused(world: World) -> None:
    await world.load()
    await world.change("maya", lambda maya: replace(maya, slack_id="U0MAYA"))

    assert await world.refuses(ROSTER.replace("U0TOM", "U0MAYA")) == (
        "roster.csv:3:1: Maya Chen would have the same Slack id or e-mail address as Tom Baker."
    )
    assert (await world.person("tom")).slack_id == "U0TOM"


async def test_two_accounts_that_were_mixed_up_can_be_put_right(world: World) -> None:
    await world.load(ROSTER.replace("U0LENA,lena@example.org", "U0LENA,"))

    mixed = ROSTER.replace("U0LENA,lena@example.org", "U0TOM,").replace("Tom Baker,U0TOM", "Tom Baker,U0LENA")
    loaded = await world.load(mixed)

    assert loaded.changed == (
        "Tom Baker: Slack id: U0TOM → U0LENA.",
        "Lena Fox: Slack id: U0LENA → U0TOM.",
    )
    assert ((await world.person("tom")).slack_id, (await world.person("lena")).slack_id) == ("U0LENA", "U0TOM")


async def test_changed_roles_are_told(world: World) -> None:
    await world.load()

    loaded = await world.load(ROSTER.replace(",mentor,,", ",mentor coordinator,,"))

    assert loaded.sentences == ("Changed: Tom Baker: roles: mentor → coordinator, mentor.",)


async def test_somebody_who_has_left_the_roster_loses_their_roles_and_nothing_else(world: World) -> None:
    await world.load(ROSTER + CHARLIE)

    loaded = await world.load(ROSTER)

    assert loaded.sentences == ("Removed: Charlie Diaz is not in the roster any more: no longer mentee.",)
    assert "charlie" not in await world.roles()
    assert (await world.person("charlie")).slack_id == "U0CHARLIE"
    assert (await world.load(ROSTER)).sentences == ("Nothing has changed.",)


async def test_somebody_who_comes_back_is_the_same_person(world: World) -> None:
    await world.load(ROSTER + CHARLIE)
    before = await world.person("charlie")
    await world.load(ROSTER)

    loaded = await world.load(ROSTER + CHARLIE)

    assert loaded.sentences == ("Added: Charlie Diaz (mentee).",)
    assert (await world.person("charlie")).id == before.id


async def test_a_changed_pair_is_told_field_by_field(world: World) -> None:
    await world.load()

    line = "pair,tom-maya,,,,,,tom,maya,,every 3 weeks,2017-06-05,2018-01-31\n"
    loaded = await world.load(ROSTER.replace(PAIR, line))

    assert loaded.sentences == (
        "Changed: Pair tom-maya: liaison: Lena Fox → none; rhythm: none → every three weeks; "
        "starts: 2017-06-01 → 2017-06-05; ends: none → 2018-01-31.",
    )
    assert (await world.load(ROSTER.replace(PAIR, line))).sentences == ("Nothing has changed.",)


async def test_a_pair_that_has_left_the_roster_ends_with_yesterday(world: World) -> None:
    await world.load()
    world.now = OCTOBER

    loaded = await world.load(ROSTER.replace(PAIR, ""))

    assert loaded.sentences == (
        "Removed: Pair tom-maya (Tom Baker and Maya Chen) is not in the roster any more: ends on 2017-10-01.",
    )
    assert (await world.pair()).ends == date(2017, 10, 1)


async def test_yesterday_is_the_programs_and_not_londons(world: World) -> None:
    await world.load()
    world.now = datetime(2017, 10, 2, 3, tzinfo=UTC)  # still the first in Chicago

    await world.load(ROSTER.replace(PAIR, ""))

    assert (await world.pair()).ends == date(2017, 9, 30)


async def test_a_pair_that_ended_earlier_stays_ended_as_it_was(world: World) -> None:
    await world.load()
    world.now = OCTOBER
    await world.load(ROSTER.replace(PAIR, ""))
    world.now = OCTOBER + timedelta(days=30)

    assert (await world.load(ROSTER.replace(PAIR, ""))).sentences == ("Nothing has changed.",)
    assert (await world.pair()).ends == date(2017, 10, 1)


async def test_a_pair_that_has_not_begun_ends_with_its_first_day(world: World) -> None:
    await world.load()

    await world.load(ROSTER.replace(PAIR, ""))

    assert (await world.pair()).ends == date(2017, 6, 1)
    assert (await world.load(ROSTER.replace(PAIR, ""))).sentences == ("Nothing has changed.",)


async def test_a_pair_that_joins_later_starts_on_the_day_that_it_joins(world: World) -> None:
    await world.load()
    world.now = OCTOBER
    await world.settle()
    joined = ROSTER + CHARLIE + "pair,tom-charlie,,,,,,tom,charlie,lena,,,\n"

    loaded = await world.load(joined)

    assert loaded.added == (
        "Charlie Diaz (mentee).",
        "Pair tom-charlie: Tom Baker and Charlie Diaz, from 2017-10-02.",
    )
    assert await world.due() == 5  # Charlie, Tom and Lena, with both pairs
    world.now = OCTOBER + timedelta(days=1)
    assert (await world.load(joined)).sentences == ("Nothing has changed.",)


async def test_a_late_first_load_lets_the_pairs_start_with_the_program(world: World) -> None:
    world.now = OCTOBER

    await world.load()

    assert (await world.pair()).starts == date(2017, 6, 1)


async def test_pairs_without_a_day_of_their_own_move_with_the_program(world: World) -> None:
    await world.load()

    loaded = await world.load(ROSTER, DESIGN.replace("2017-06-01", "2017-07-01"))

    assert "Changed: Pair tom-maya: starts: 2017-06-01 → 2017-07-01." in loaded.sentences


async def test_a_pair_that_has_met_does_not_become_another_pair(world: World) -> None:
    await world.load(ROSTER + CHARLIE)
    await world.meet()

    sentence = await world.refuses((ROSTER + CHARLIE).replace("tom,maya,lena", "tom,charlie,lena"))

    assert sentence == (
        'roster.csv:5:1: Tom Baker and Maya Chen have already used the pair "tom-maya", and what they wrote is theirs: '
        "give that line its old names and a day under ends, and add the new pair with a key of its own."
    )
    assert (await world.pair()).mentee.name == "Maya Chen"


async def test_a_pair_that_has_set_a_goal_does_not_become_another_pair(world: World) -> None:
    await world.load(ROSTER + CHARLIE)
    pair = await world.pair()
    async with world.store.begin() as records:
        await records.put_goal(Goal(pair.id, "Learn to catalog maps", "Shows how"), MAY)

    assert "have already used" in await world.refuses((ROSTER + CHARLIE).replace("tom,maya,", "tom,charlie,"))


async def test_a_pair_that_has_answered_does_not_become_another_pair(world: World) -> None:
    await world.load(ROSTER + CHARLIE)
    pair = await world.pair()
    async with world.store.begin() as records:
        await records.put_answer(Answer(pair.id, pair.mentee.id, AnswerKind.NOT_YET, date(2017, 6, 10), MAY))

    assert "have already used" in await world.refuses((ROSTER + CHARLIE).replace("tom,maya,", "tom,charlie,"))


async def test_a_pair_that_has_done_nothing_may_have_other_people(world: World) -> None:
    await world.load(ROSTER + CHARLIE)

    loaded = await world.load((ROSTER + CHARLIE).replace("tom,maya,lena", "tom,charlie,lena"))

    assert loaded.sentences == ("Changed: Pair tom-maya: mentee: Maya Chen → Charlie Diaz.",)


async def test_a_pair_that_has_met_may_have_another_liaison(world: World) -> None:
    await world.load()
    await world.meet()

    loaded = await world.load(ROSTER.replace("tom,maya,lena", "tom,maya,"))

    assert loaded.sentences == ("Changed: Pair tom-maya: liaison: Lena Fox → none.",)


async def test_a_changed_design_is_told_field_by_field_and_everybody_is_looked_at_again(world: World) -> None:
    await world.load()
    await world.settle()
    design = (
        DESIGN.replace("Spring Program", "Spring 2017")
        .replace("Chicago", "Denver")
        .replace("2018-04-30", "2018-05-31")
        + 'goals = ["Find your feet"]\n[phases]\nplanning = {from = 2017-06-01, to = 2017-06-30}\n'
        + 'connecting = {from = 2017-07-01, to = 2017-08-31}\nadvancing = {from = 2017-09-01, to = 2018-02-28}\n'
        + '[hours]\nend = 16:00:00\ndays = ["mon", "tue"]\n[[quiet]]\nfrom = 2017-07-04\n'
        + '[meetings]\nrhythm = "monthly"\nminimum = 2\n'
        + '[[trainings]]\nkey = "a"\ntitle = "How to listen"\naudience = ["mentor"]\nrecording = "https://x.org"\n'
    )  # fmt: skip

    loaded = await world.load(ROSTER, design)

    assert loaded.sentences == (
        "Changed: Name: Spring Program → Spring 2017.",
        "Changed: Zone: America/Chicago → America/Denver.",
        "Changed: Last day: 2018-04-30 → 2018-05-31.",
        "Changed: Hours: 09:00 to 17:00, mon tue wed thu fri → 09:00 to 16:00, mon tue.",
        "Changed: Rhythm: every two weeks → every month.",
        "Changed: Minimum: none → 2 hours a month.",
        "Changed: Days of planning: 2017-06-01 to 2017-06-17 → 2017-06-01 to 2017-06-30.",
        "Changed: Days of connecting: 2017-06-18 to 2017-09-08 → 2017-07-01 to 2017-08-31.",
        "Changed: Days of advancing: 2017-09-09 to 2018-02-22 → 2017-09-01 to 2018-02-28.",
        "Changed: Days of transitioning: 2018-02-23 to 2018-04-30 → 2018-03-01 to 2018-05-31.",
        "Changed: Quiet days added: 2017-07-04 to 2017-07-04.",
        "Changed: Trainings added: How to listen.",
        "Changed: Goals added: Find your feet.",
    )
    assert await world.due() == 4  # three people and a pair
    assert (await world.load(ROSTER, design)).sentences == ("Nothing has changed.",)


async def test_a_changed_training_is_told_as_changed(world: World) -> None:
    training = '[[trainings]]\nkey = "a"\ntitle = "How to listen"\naudience = ["mentor"]\nrecording = "https://x.org"\n'
    await world.load(ROSTER, DESIGN + training)

    loaded = await world.load(ROSTER, DESIGN + training.replace("x.org", "y.org"))

    assert loaded.sentences == ("Changed: Trainings changed: How to listen.",)


async def test_goals_in_another_order_are_told(world: World) -> None:
    await world.load(ROSTER, DESIGN + 'goals = ["One", "Two"]')

    loaded = await world.load(ROSTER, DESIGN + 'goals = ["Two", "One"]')

    assert loaded.sentences == ("Changed: Goals: now in another order.",)


# -- what was decided in Slack --------------------------------------------------------------------------------------


async def test_a_rhythm_that_both_have_signed_is_not_undone_by_the_roster(world: World) -> None:
    await world.load()
    pair = await world.pair()
    signed = Agreement(pair.id, 1, Terms(), pair.mentee.id, MAY, mentor_signed=MAY, mentee_signed=MAY)
    async with world.store.begin() as records:
        await records.put_agreement(signed)
        await records.put_rhythm(pair.id, "every three weeks")

    loaded = await world.load(ROSTER.replace("tom,maya,lena,,", "tom,maya,lena,monthly,"))

    assert loaded.kept == ("Pair tom-maya: every three weeks, as the two have signed.",)
    assert str((await world.pair()).rhythm) == "every three weeks"


async def test_a_rhythm_that_nobody_has_signed_is_the_rosters(world: World) -> None:
    await world.load()

    loaded = await world.load(ROSTER.replace("tom,maya,lena,,", "tom,maya,lena,monthly,"))

    assert loaded.kept == ()
    assert str((await world.pair()).rhythm) == "every month"


async def test_an_early_end_is_not_undone_by_the_roster(world: World) -> None:
    await world.load()
    pair = await world.pair()
    async with world.store.begin() as records:
        await records.put_ending(Ending(pair.id, pair.mentee.id, MAY, date(2017, 8, 31), "private"))
        await records.end_pair(pair.id, date(2017, 8, 31), MAY)

    loaded = await world.load()

    assert loaded.kept == ("Pair tom-maya: ends on 2017-08-31, as was decided in Slack.",)
    assert (await world.pair()).ends == date(2017, 8, 31)


async def test_a_pair_that_was_handed_over_stays_with_its_new_liaison(world: World) -> None:
    ada = "person,ada,Ada Novak,U0ADA,,,liaison,,,,,,\n"
    await world.load(ROSTER + ada)
    pair = await world.pair()
    new = await world.person("ada")
    assert pair.liaison is not None
    async with world.store.begin() as records:
        await records.hand_over(Handover(pair.id, pair.liaison.id, new.id, new.id, MAY))

    loaded = await world.load(ROSTER + ada)

    assert loaded.kept == ("Pair tom-maya: its liaison, since it was handed over in Slack.",)
    assert (await world.pair()).liaison == new
