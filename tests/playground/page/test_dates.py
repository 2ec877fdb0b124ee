"""Moments in words: `<!date^…>` in the reader's zone, by the playground's clock (Thu 1 Jun 2017, 14:00 UTC)."""

from datetime import UTC, datetime

import pytest
from playwright.async_api import expect
from slack_bolt.async_app import AsyncApp

from bot.playground import Playground
from tests.playground.page.bench import last_message, section, show
from tests.playground.page.conftest import Visit

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

NEAR = 1496930400  # Thu 8 Jun 2017, 14:00:00 UTC: 10:00 in New York, 19:45 in Kathmandu
FAR = 1392734382  # Tue 18 Feb 2014, 14:39:42 UTC
TODAY = 1496325600  # this very moment

SAYS = """async (cases) => {
    const { slackDate } = await import("/static/text/slack-date.js");
    return cases.map(([seconds, format, zone]) => slackDate(seconds, format, zone, new Date("2017-06-01T14:00:00Z")));
}"""


TOKENS = {
    "{date_num}": ("2017-06-08", "2014-02-18"),
    "{date_slash}": ("08/06/2017", "18/02/2014"),
    "{date}": ("June 8th", "February 18th, 2014"),
    "{date_short}": ("Jun 8", "Feb 18, 2014"),
    "{date_long}": ("Thursday, June 8th", "Tuesday, February 18th, 2014"),
    "{date_long_full}": ("June 8, 2017", "February 18, 2014"),
    "{date_pretty}": ("June 8th", "February 18th, 2014"),
    "{date_short_pretty}": ("Jun 8", "Feb 18, 2014"),
    "{date_long_pretty}": ("Thursday, June 8th", "Tuesday, February 18th, 2014"),
    "{day_divider_pretty}": ("Thursday, June 8th", "Tuesday, February 18th, 2014"),
    "{time}": ("10:00", "09:39"),
    "{time_secs}": ("10:00:00", "09:39:42"),
    "{ago}": ("in 7 days", "3 years ago"),
    "{unheard_of}": ("{unheard_of}", "{unheard_of}"),
}


async def test_each_token_says_what_slack_says(visit: Visit) -> None:
    page = await visit()
    cases = [(at, token, "America/New_York") for token in TOKENS for at in (NEAR, FAR)]

    said = await page.evaluate(SAYS, cases)

    assert dict(zip(TOKENS, zip(said[::2], said[1::2], strict=True), strict=True)) == TOKENS


async def test_days_close_by_have_names_and_the_year_goes_at_half_a_year(visit: Visit) -> None:
    page = await visit()
    hour, day = 3600, 86400
    cases = [
        (TODAY, "{date_pretty}", "UTC", "Today"),
        (TODAY, "on {date_long_pretty}", "UTC", "on today"),
        (TODAY - day, "{date_short_pretty} at {time}", "UTC", "Yesterday at 14:00"),
        (TODAY + 11 * hour, "{date_pretty}", "UTC", "Tomorrow"),
        (TODAY + 11 * hour, "{date_pretty}", "America/New_York", "Today"),
        (TODAY - 5 * 60, "{ago}", "UTC", "5 minutes ago"),
        (TODAY, "{ago}", "UTC", "just now"),
        (1512050400, "{date}", "UTC", "November 30th"),
        (1512136800, "{date}", "UTC", "December 1st, 2017"),
    ]

    said = await page.evaluate(SAYS, [list(case[:3]) for case in cases])

    assert said == [case[3] for case in cases]


async def test_each_reader_sees_a_moment_in_their_own_zone(visit: Visit, lantern: AsyncApp) -> None:
    block = section(f"Meet <!date^{NEAR}^{{date_long}} at {{time}}^https://example.org|8 June, 14:00 UTC>")
    await show(lantern, block)
    await show(lantern, block, user="UTOM")

    page = await visit("UMAYA")
    await expect(last_message(page)).to_contain_text("Meet Thursday, June 8th at 10:00")
    await expect(last_message(page).get_by_role("link")).to_have_attribute("href", "https://example.org")
    page = await visit("UTOM")
    await expect(last_message(page)).to_contain_text("Meet Thursday, June 8th at 19:45")


async def test_a_day_that_comes_is_called_by_its_new_name(
    visit: Visit, playground: Playground, lantern: AsyncApp
) -> None:
    await show(lantern, section(f"It is <!date^{NEAR}^{{date_pretty}}|8 June>, {{ago}} <!date^{NEAR}^{{ago}}|8 June>"))
    page = await visit("UMAYA")
    await expect(last_message(page)).to_contain_text("It is June 8th")
    await expect(last_message(page)).to_contain_text("in 7 days")

    await playground.move_clock(datetime(2017, 6, 8, 16, 0, tzinfo=UTC))

    await expect(last_message(page)).to_contain_text("It is Today")
    await expect(last_message(page)).to_contain_text("2 hours ago")


async def test_a_moment_nobody_can_read_shows_its_fallback(visit: Visit, lantern: AsyncApp) -> None:
    await show(lantern, section("Due <!date^soon^{date}|very soon>"))
    page = await visit("UMAYA")

    await expect(last_message(page)).to_contain_text("Due very soon")
