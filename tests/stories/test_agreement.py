"""The agreement: `/agreement`, its form in two pages, both signatures, and the reminders that follow it."""

from datetime import UTC, datetime, timedelta
from typing import Any

from bot.domain.agreements import Agreement, Arranges, Terms
from bot.domain.meetings import Means
from bot.domain.replies import Question
from bot.domain.rhythm import Rhythm, Unit
from bot.slack import blocks as b
from tests.stories.conftest import Stage
from tests.stories.people import Desk

FACTS = {"rhythm": "every month", "minutes": "60", "means": ["video", "phone"], "arranges": "mentee", "reply_days": "2"}
WORDS = {"confidential": "What we say of colleagues", "ending": "Either may stop; we tell Lena"}
CANARY = "kestrel-between-us"


def view_of(desk: Desk) -> str:
    assert desk.form is not None
    return b.spoken(desk.form["blocks"])


def value_in(desk: Desk, name: str) -> str:
    return str(desk.field(name)["element"].get("initial_value", ""))


async def versions(stage: Stage, key: str = "tom-maya") -> list[Agreement]:
    pair = await stage.records.pair(key)
    async with stage.tandem.store.begin() as records:
        return await records.agreements(pair.id)


async def kept(stage: Stage, person: str, key: str = "tom-maya") -> dict[str, str]:
    """What a person has typed and not saved."""
    pair, who = await stage.records.pair(key), await stage.records.person(person)
    async with stage.tandem.store.begin() as records:
        draft = await records.draft(who.id, "agreement", pair.id)
    return dict(draft.fields) if draft else {}


async def writes(desk: Desk, facts: dict[str, Any] | None = None, words: dict[str, Any] | None = None) -> None:
    """Go through both pages of the form that is open."""
    assert await desk.submits(FACTS if facts is None else facts) == {}
    assert await desk.submits(WORDS if words is None else words) == {}


async def signed_by_both(maya: Desk, tom: Desk) -> None:
    await maya.types("/agreement")
    await writes(maya)
    await maya.clicks("Sign")
    await maya.closes()
    await tom.types("/agreement")
    await tom.clicks("Sign")
    await tom.closes()


# -- written by one, completed by the other, signed by both -----------------------------------------------------------


async def test_the_mentee_begins_the_mentor_completes_both_sign_and_it_holds(
    stage: Stage, maya: Desk, tom: Desk
) -> None:
    await maya.types("/agreement")
    await writes(maya, {"rhythm": "every month"}, {"off_limits": "Salary"})
    assert "it can be signed once it says how long and by which means. Tom is told" in view_of(maya)
    assert "[Sign]" not in view_of(maya)
    await maya.closes()

    await tom.types("/agreement")
    assert "Maya has filled in a part, and it is yours to complete: it can be signed once it says how long" in view_of(
        tom
    )
    assert "sign it" not in view_of(tom)
    await tom.clicks("Change")
    await writes(tom, {"minutes": "60", "means": ["video"], "arranges": "in turn"}, {})
    await tom.clicks("Sign")
    assert "You have signed. It holds once Maya signs, too." in view_of(tom)
    await maya.types("/agreement")
    await maya.clicks("Sign")

    assert "Both of you have signed: it holds from now on, and your reminders follow it." in view_of(maya)
    (one,) = await versions(stage)
    assert one.in_force
    assert one.terms == Terms(
        Rhythm(1, Unit.MONTH), 60, means=(Means.VIDEO,), arranges=Arranges.IN_TURN, off_limits="Salary"
    )
    assert (await stage.records.pair("tom-maya")).rhythm == Rhythm(1, Unit.MONTH)


async def test_a_mentor_may_begin_too(stage: Stage, tom: Desk, maya: Desk) -> None:
    await tom.types("/mentoring agreement")
    await writes(tom)
    await tom.clicks("Sign")

    await maya.types("/agreement")

    assert "Tom has signed. It holds once you sign, too." in view_of(maya)


async def test_the_partner_is_told_once_when_it_is_their_turn(stage: Stage, maya: Desk, tom: Desk) -> None:
    await maya.types("/agreement")
    await writes(maya)
    await maya.clicks("Sign")
    await stage.tick(datetime(2017, 6, 19, 20, tzinfo=UTC))  # on Friday Tom had his note for the day
    assert "Maya has signed your agreement, and it is your turn" in tom.reading
    assert "has begun your agreement" not in tom.sees()

    await tom.clicks("Open the agreement")
    await tom.clicks("Sign")
    assert "Signed by both of you: you meet every month." in tom.reading
    await tom.closes()
    await stage.tick(stage.now + timedelta(days=3))

    assert "Tom has signed, so both of you have: your agreement holds from now on." in maya.reading


async def test_who_only_begins_has_the_other_told_an_hour_later(stage: Stage, maya: Desk, tom: Desk) -> None:
    await maya.types("/agreement")
    await writes(maya)
    await stage.tick()
    assert "agreement" not in tom.reading

    await stage.tick(datetime(2017, 6, 19, 20, tzinfo=UTC))  # on Friday Tom had his note for the day

    assert "Maya has begun your agreement." in tom.sees()
    assert "or to sign as it stands" in tom.sees()


async def test_signing_twice_is_signing_once(stage: Stage, maya: Desk) -> None:
    await maya.types("/agreement")
    await writes(maya)
    await maya.clicks("Sign")
    first = await versions(stage)

    await maya.types("/agreement")

    assert "[Sign]" not in view_of(maya)
    assert await versions(stage) == first


async def test_a_change_takes_back_what_was_signed_of_that_version(stage: Stage, maya: Desk, tom: Desk) -> None:
    await maya.types("/agreement")
    await writes(maya)
    await maya.clicks("Sign")
    await tom.types("/agreement change")
    await writes(tom, {"minutes": "90"}, {})

    (one,) = await versions(stage)
    assert (one.version, one.terms.minutes, one.mentee_signed, one.mentor_signed) == (1, 90, None, None)


async def test_nobody_signs_words_that_they_have_not_seen(stage: Stage, maya: Desk, tom: Desk) -> None:
    await maya.types("/agreement")
    await writes(maya)
    await tom.types("/agreement change")
    await writes(tom, {"minutes": "90"}, {})

    await maya.clicks("Sign")

    assert "Tom has changed it in the meantime, so nothing was signed. This is how it stands now." in view_of(maya)
    assert "90 minutes each time" in view_of(maya)
    (one,) = await versions(stage)
    assert one.mentee_signed is None


async def test_saving_without_a_change_leaves_the_signatures(stage: Stage, maya: Desk) -> None:
    await maya.types("/agreement")
    await writes(maya)
    await maya.clicks("Sign")
    await maya.clicks("Change")
    await writes(maya, {}, {})

    assert "Nothing was changed, so everything stands as it did." in view_of(maya)
    assert (await versions(stage))[0].mentee_signed is not None


# -- after signing ----------------------------------------------------------------------------------------------------


async def test_a_change_after_signing_waits_while_the_old_version_holds(stage: Stage, maya: Desk, tom: Desk) -> None:
    await signed_by_both(maya, tom)
    await tom.types("/agreement")
    await tom.clicks("Change")
    await writes(tom, {"rhythm": "every week", "minutes": "45"}, {})
    assert "The version that you both signed holds until both have signed this one." in view_of(tom)
    assert (await stage.records.pair("tom-maya")).rhythm == Rhythm(1, Unit.MONTH)

    await tom.clicks("Sign")
    await maya.types("/agreement")
    await maya.clicks("Sign")

    assert (await stage.records.pair("tom-maya")).rhythm == Rhythm(1, Unit.WEEK)
    assert [(one.version, one.in_force, one.terms.minutes) for one in await versions(stage)] == [
        (1, True, 60),
        (2, True, 45),
    ]


async def test_a_change_is_taken_back_and_brought_back_and_what_was_signed_stands(
    stage: Stage, maya: Desk, tom: Desk
) -> None:
    await signed_by_both(maya, tom)
    await maya.types("/agreement change")
    await writes(maya, {"rhythm": "every week"}, {})
    await tom.types("/agreement")
    assert "[Take it back]" not in view_of(tom)

    await maya.clicks("Take it back")
    assert "Taken back: what you both signed holds, as it did all along." in view_of(maya)
    assert "You meet every month" in view_of(maya) or "you meet every month" in view_of(maya)
    await tom.clicks("Sign")
    assert "Maya has taken this change back in the meantime, so nothing was signed." in view_of(tom)
    assert "[Bring the change back]" not in view_of(tom)
    assert [one.in_force for one in await versions(stage)] == [True]

    await maya.closes()
    await maya.types("/agreement")
    await maya.clicks("Bring the change back")
    assert "It waits again, as it was" in view_of(maya)
    assert [one.in_force for one in await versions(stage)] == [True, False]


async def test_old_versions_can_be_read(stage: Stage, maya: Desk, tom: Desk) -> None:
    await signed_by_both(maya, tom)
    await tom.types("/agreement change")
    await writes(tom, {"minutes": "45", "rhythm": "every two weeks"}, {})

    await tom.clicks("Earlier versions")
    assert "Version 1, signed by both on June 16" in view_of(tom)
    assert "60 minutes each time" in view_of(tom)
    await tom.clicks("Version 2")
    assert "Version 2, which waits for signatures" in view_of(tom)
    await tom.clicks("Back to the agreement")

    assert "45 minutes each time" in view_of(tom)


# -- kindly refused ---------------------------------------------------------------------------------------------------


async def test_what_cannot_be_is_refused_at_its_field_and_stays_in_the_form(stage: Stage, maya: Desk) -> None:
    await maya.types("/agreement")

    errors = await maya.submits(minutes="900", rhythm="every week")

    assert errors == {"minutes": "A meeting lasts from 1 to 600 minutes. Write a whole number, such as 45."}
    assert (await kept(stage, "maya"))["rhythm"] == "every week"
    assert await maya.submits(minutes="30") == {}


async def test_what_is_typed_after_a_refusal_is_kept_as_well(stage: Stage, maya: Desk) -> None:
    await maya.types("/agreement")
    await maya.submits(minutes="900")

    await maya.clicks("agreement_typed:minutes", "45")

    assert (await kept(stage, "maya"))["minutes"] == "45"


async def test_somebody_in_no_pair_is_told_so(lena: Desk, charlie: Desk, stranger: Desk) -> None:
    for desk in (lena, charlie, stranger):
        await desk.types("/agreement")
        assert desk.modals == []
    assert "You are in no pair that is under way" in lena.reading
    assert "You are not on the list of a program here." in stranger.reading


async def test_help_is_there(maya: Desk) -> None:
    for typed in ("/agreement help", "/agreement frobnicate", "/mentoring agreement help"):
        await maya.types(typed)
        assert "`/agreement change` opens its form" in maya.reading
    await maya.types("/agreement frobnicate")
    assert "“/agreement frobnicate” is not something Tandem knows." in maya.reading


# -- two pairs, and far away ------------------------------------------------------------------------------------------


async def test_who_is_in_two_pairs_chooses_and_each_agreement_is_its_own(
    stage: Stage, noor: Desk, ben: Desk, ines: Desk
) -> None:
    await noor.types("/agreement")
    assert "Ben Castillo" in view_of(noor)
    assert "Inês Duarte" in view_of(noor)
    await noor.clicks("open_agreement:0")
    await writes(noor, {"minutes": "60"}, {"confidential": CANARY})

    ones = [len(await versions(stage, key)) for key in ("noor-ben", "ines-noor")]
    assert sorted(ones) == [0, 1]
    (told, other) = (ben, ines) if ones[0] else (ines, ben)
    await told.types("/agreement")
    assert CANARY in view_of(told)
    await other.types("/agreement")
    assert CANARY not in other.sees()


async def test_who_is_in_two_pairs_chooses_whose_agreement_to_change_and_that_form_opens(
    stage: Stage, noor: Desk
) -> None:
    await noor.types("/agreement change")
    bens = 0 if view_of(noor).index("Ben Castillo") < view_of(noor).index("Inês Duarte") else 1
    await noor.clicks(f"change_agreement:{bens}")
    await writes(noor)

    assert [len(await versions(stage, key)) for key in ("noor-ben", "ines-noor")] == [1, 0]


async def test_in_guam_the_news_waits_for_a_decent_hour_there(stage: Stage, noor: Desk, ben: Desk) -> None:
    await noor.types("/agreement")
    await noor.clicks("open_agreement:0" if "Ben" in view_of(noor).split("Inês")[0] else "open_agreement:1")
    await writes(noor)
    await noor.clicks("Sign")
    await stage.tick(datetime(2017, 6, 18, 22, 59, tzinfo=UTC))  # 8:59 on Monday in Guam
    assert ben.messages == []

    await stage.tick(datetime(2017, 6, 18, 23, 0, tzinfo=UTC))

    assert "Noor has signed your agreement" in ben.reading


# -- reminders --------------------------------------------------------------------------------------------------------


async def test_the_rhythm_that_was_agreed_moves_the_reminders_at_once(stage: Stage, maya: Desk, tom: Desk) -> None:
    await signed_by_both(maya, tom)  # monthly from now on, instead of every two weeks
    await stage.tick(datetime(2017, 6, 30, 20, tzinfo=UTC))
    assert "It has been" not in maya.sees()

    await stage.tick(datetime(2017, 7, 5, 20, tzinfo=UTC))

    assert "your rhythm with Tom is every month" in maya.sees()


async def test_halfway_both_are_asked_and_one_click_keeps_it(stage: Stage, maya: Desk, tom: Desk) -> None:
    await signed_by_both(maya, tom)
    await stage.tick(datetime(2017, 11, 15, 20, tzinfo=UTC))  # 1 June to 30 April: its middle is 14 November
    assert "does your agreement still suit you?" in maya.sees()

    await maya.clicks("Keep it")

    assert "Good: your agreement stays as it is." in maya.sees()
    pair, who = await stage.records.pair("tom-maya"), await stage.records.person("maya")
    assert pair.evidence.choice(Question.MIDPOINT, who.id) == "keep"

    await tom.clicks("Change it")
    await writes(tom, {"minutes": "90"}, {})
    assert "A change waits: Maya is told." in tom.sees()
    assert (await versions(stage))[-1].version == 2


async def test_what_is_agreed_is_seen_by_the_two_only(
    stage: Stage, maya: Desk, tom: Desk, lena: Desk, ada: Desk, charlie: Desk
) -> None:
    await maya.types("/agreement")
    await writes(maya, None, dict.fromkeys(("confidential", "off_limits", "ending", "expectations"), CANARY))
    await maya.clicks("Sign")
    await tom.types("/agreement")
    assert CANARY in view_of(tom)
    await stage.tick(datetime(2017, 8, 1, 20, tzinfo=UTC))

    for desk in (lena, ada, charlie):
        await desk.opens_home()
        assert CANARY not in desk.sees()
    assert CANARY not in str([message["text"] for message in [*maya.messages, *tom.messages]])
