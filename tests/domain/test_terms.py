"""The terms of an agreement as fields: written and read, put together from two people's changes, and checked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.agreements import Arranges, Terms
from bot.domain.meetings import Means
from bot.domain.rhythm import Rhythm, Unit
from bot.domain.terms import (
    FIELDS,
    Keep,
    NotTerms,
    fields_of,
    merged,
    print_of,
    settled,
    terms_of,
)

MONTHLY, WEEKLY = Rhythm(1, Unit.MONTH), Rhythm(1, Unit.WEEK)
texts = st.text(max_size=20).map(str.strip)
terms = st.builds(
    Terms,
    rhythm=st.one_of(st.none(), st.builds(Rhythm, st.integers(1, 9), st.sampled_from(Unit))),
    minutes=st.one_of(st.none(), st.integers(1, 600)),
    hours_a_month=st.sampled_from([None, 0.5, 1.0, 2.25, 12.0]),
    means=st.lists(st.sampled_from(Means), unique=True).map(lambda m: tuple(one for one in Means if one in m)),
    arranges=st.one_of(st.none(), st.sampled_from(Arranges)),
    reply_days=st.one_of(st.none(), st.integers(1, 60)),
    notice_days=st.one_of(st.none(), st.integers(0, 60)),
    confidential=texts,
    off_limits=texts,
    ending=texts,
    expectations=texts,
)


@given(terms)
def test_what_is_written_into_the_fields_is_what_is_read(some: Terms) -> None:
    assert terms_of(fields_of(some)) == some


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("minutes", "0"),
        ("minutes", "601"),
        ("minutes", "an hour"),
        ("hours_a_month", "0"),
        ("hours_a_month", "lots"),
        ("hours_a_month", "nan"),
        ("reply_days", "0"),
        ("notice_days", "61"),
        ("rhythm", "now and then"),
    ],
)
def test_what_cannot_be_is_refused_by_its_field(field: str, typed: str) -> None:
    with pytest.raises(NotTerms) as refused:
        terms_of({**fields_of(Terms()), field: typed})

    assert refused.value.field == field


def test_only_what_somebody_changed_is_their_change() -> None:
    shown = fields_of(Terms(minutes=45, confidential="Old"))
    theirs = {**shown, "minutes": "60"}

    found = merged(shown, {**shown, "confidential": "New"}, theirs)

    assert (found.fields["minutes"], found.fields["confidential"], found.clashes) == ("60", "New", ())


def test_a_field_that_both_changed_is_asked_about_unless_they_agree() -> None:
    shown = fields_of(Terms())
    theirs = {**shown, "minutes": "60", "ending": "Quietly"}

    found = merged(shown, {"minutes": "90", "ending": "Quietly"}, theirs)

    assert found.clashes == ("minutes",)
    assert found.fields["minutes"] == "90"


def test_where_nobody_knows_what_was_shown_every_difference_is_asked_about() -> None:
    theirs = fields_of(Terms(minutes=60))

    assert merged(None, {"minutes": "60"}, theirs).clashes == ()
    assert merged(None, {"minutes": "45"}, theirs).clashes == ("minutes",)


@given(terms, terms, terms)
def test_nobody_s_words_are_overwritten_unasked(shown: Terms, mine: Terms, theirs: Terms) -> None:
    before, own, other = fields_of(shown), fields_of(mine), fields_of(theirs)

    found = merged(before, own, other)

    for name in set(FIELDS) - set(found.clashes):
        changed = {value for value in (own[name], other[name]) if value != before[name]}
        assert changed <= {found.fields[name]}


def test_of_words_both_can_stay_and_of_a_number_one() -> None:
    assert settled("ending", "mine", "theirs", Keep.BOTH) == "theirs\nmine"
    assert settled("ending", "mine", "theirs", Keep.THEIRS) == "theirs"
    assert settled("minutes", "45", "60", Keep.BOTH) == "45"


def test_what_is_to_be_said_before_it_can_be_signed() -> None:
    assert Terms().lacks == ("rhythm", "minutes", "means")
    assert Terms(MONTHLY, hours_a_month=2, means=(Means.VIDEO,)).lacks == ()


@given(terms, terms)
def test_a_print_tells_terms_apart(one: Terms, other: Terms) -> None:
    assert (print_of(one) == print_of(other)) == (one == other)
