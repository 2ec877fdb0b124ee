"""How blocks look: every kind, and words for the kinds that cannot be drawn."""

import re

import pytest
from playwright.async_api import expect
from slack_bolt.async_app import AsyncApp

from bot.playground import Playground
from tests.playground.page.bench import actions, heard_once, hears, last_message, options, section, show
from tests.playground.page.conftest import Visit
from tests.playground.page.lantern import Block, mrkdwn, plain

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


def text(words: str, **style: bool) -> Block:
    return {"type": "text", "text": words, **({"style": style} if style else {})}


def line(*leaves: Block) -> Block:
    return {"type": "rich_text_section", "elements": list(leaves)}


def items(indent: int, *rows: str, style: str = "bullet") -> Block:
    return {"type": "rich_text_list", "style": style, "indent": indent, "elements": [line(text(row)) for row in rows]}


# ---- words ----------------------------------------


async def test_marks_and_tokens_are_read_as_slack_reads_them(visit: Visit, lantern: AsyncApp) -> None:
    words = "*bold* _slanted_ ~gone~ `*code*` <@UTOM> <#C1|general> <!here> <https://example.org|site> snake_case_name"
    await show(lantern, section(words))
    page = await visit("UMAYA")
    shown = last_message(page)

    await expect(shown.locator("strong")).to_have_text("bold")
    await expect(shown.locator("em")).to_have_text("slanted")
    await expect(shown.locator("s")).to_have_text("gone")
    await expect(shown.locator("code")).to_have_text("*code*")
    await expect(shown.locator(".mention")).to_have_text(["@Tom Okafor", "#general", "@here"])
    await expect(shown.get_by_role("link", name="site")).to_have_attribute("href", "https://example.org")
    await expect(shown).to_contain_text("snake_case_name")


async def test_a_typed_list_stays_as_it_was_typed(visit: Visit, lantern: AsyncApp) -> None:
    await show(lantern, section("• one\n- two\n1. three\nfour"))
    page = await visit("UMAYA")

    await expect(last_message(page).locator(".item")).to_have_text(["• one", "- two", "1. three"])
    await expect(last_message(page).get_by_role("listitem")).to_have_count(0)


async def test_three_marks_quote_everything_that_follows(visit: Visit, lantern: AsyncApp) -> None:
    await show(lantern, section("Before\n>>>One\nTwo"))
    page = await visit("UMAYA")

    await expect(last_message(page).locator("blockquote")).to_have_text("OneTwo")


async def test_bare_addresses_and_calls_count_unless_the_text_is_verbatim(visit: Visit, lantern: AsyncApp) -> None:
    words = "See https://example.org/a. Hello @here"
    loose, verbatim = mrkdwn(words), {**mrkdwn(words), "verbatim": True}
    await show(lantern, {"type": "section", "text": loose}, {"type": "section", "text": verbatim})
    page = await visit("UMAYA")
    first, second = last_message(page).locator(".section").first, last_message(page).locator(".section").last

    await expect(first.get_by_role("link")).to_have_attribute("href", "https://example.org/a")
    await expect(first.locator(".mention")).to_have_text("@here")
    await expect(second).to_have_text(words)
    await expect(second.locator("a, .mention")).to_have_count(0)


async def test_lists_within_lists_are_nested(visit: Visit, lantern: AsyncApp) -> None:
    lists = [items(0, "one", "two"), items(1, "two a", style="ordered"), items(0, "three")]
    await show(lantern, {"type": "rich_text", "elements": [line(text("Steps", bold=True)), *lists]})
    page = await visit("UMAYA")
    shown = last_message(page)

    await expect(shown.locator("strong")).to_have_text("Steps")
    await expect(shown.locator("li li")).to_have_text("two a")
    await expect(shown.locator("ul > li")).to_have_text(["one", re.compile("^two"), "three"])


async def test_markdown_is_drawn_and_never_trusted(visit: Visit, lantern: AsyncApp) -> None:
    words = (
        "# Title\n**bold** and [a link](https://example.org) and [a trap](javascript:alert(1))\n\n- [x] done\n- open\n"
        "  - deeper\n\n> quoted\n\n| Who | Steps |\n|---|---|\n| Tom | 900 |\n\n```\n<b>raw</b>\n```\n"
        "<img src=x onerror=alert(1)>"
    )
    await show(lantern, {"type": "markdown", "text": words})
    page = await visit("UMAYA")
    shown = last_message(page)

    await expect(shown.get_by_role("heading", name="Title")).to_be_visible()
    await expect(shown.get_by_role("link")).to_have_text(["a link"])
    await expect(shown.locator("li li")).to_have_text("deeper")
    await expect(shown.get_by_role("img", name="Done")).to_be_visible()
    await expect(shown.get_by_role("cell")).to_have_text(["Tom", "900"])
    await expect(shown.locator("pre")).to_have_text("<b>raw</b>")
    await expect(shown.locator("img")).to_have_count(0)


# ---- blocks ----------------------------------------


async def test_headers_fields_and_context_stand_in_their_order(visit: Visit, lantern: AsyncApp) -> None:
    await show(
        lantern,
        {"type": "header", "text": plain("The walk :seedling:")},
        {"type": "section", "fields": [mrkdwn("*When*\nMonday"), mrkdwn("*Where*\nThe mill")]},
        {"type": "divider"},
        {"type": "context", "elements": [mrkdwn("Bring _tea_"), plain("please")]},
    )
    page = await visit("UMAYA")
    shown = last_message(page)

    await expect(shown.get_by_role("heading", name="The walk 🌱")).to_be_visible()
    await expect(shown.locator(".fields > *")).to_have_text(["WhenMonday", "WhereThe mill"])
    await expect(shown.get_by_role("separator")).to_be_visible()
    await expect(shown.locator(".context")).to_have_text("Bring teaplease")


async def test_a_table_has_a_head_and_aligned_columns(visit: Visit, lantern: AsyncApp) -> None:
    cells = [["Name", "Steps"], ["Tom", "900"]]
    rows = [[{"type": "raw_text", "text": cell} for cell in row] for row in cells]
    await show(lantern, {"type": "table", "rows": rows, "column_settings": [{}, {"align": "right"}]})
    page = await visit("UMAYA")
    table = last_message(page).get_by_role("table")

    await expect(table.get_by_role("columnheader")).to_have_text(["Name", "Steps"])
    await expect(table.get_by_role("cell", name="900")).to_have_css("text-align", "right")


async def test_a_picture_from_elsewhere_is_named_and_not_fetched(visit: Visit, lantern: AsyncApp) -> None:
    picture = {"type": "image", "image_url": "https://example.org/lamp.png", "alt_text": "A lamp in the snow"}
    await show(lantern, {**picture, "title": plain("Winter")}, section("Aside", accessory=picture))
    page = await visit("UMAYA")
    shown = last_message(page)

    await expect(shown.get_by_role("link", name="A lamp in the snow")).to_be_visible()
    await expect(shown.get_by_role("img", name="A lamp in the snow")).to_be_visible()
    await expect(shown.locator("img")).to_have_count(0)


async def test_a_video_and_a_card_say_what_they_hold(visit: Visit, lantern: AsyncApp) -> None:
    video = {
        "type": "video",
        "title": plain("Trimming a wick"),
        "title_url": "https://example.org/v",
        "video_url": "https://example.org/v",
        "thumbnail_url": "https://example.org/v.png",
        "alt_text": "A wick",
    }
    card = {"type": "card", "title": mrkdwn("Oil lamp"), "body": mrkdwn("Burns for *nine* hours.")}
    await show(lantern, video, card)
    page = await visit("UMAYA")

    await expect(last_message(page).get_by_role("link", name="Trimming a wick")).to_be_visible()
    await expect(last_message(page).locator(".card")).to_contain_text("Burns for nine hours.")


async def test_a_block_that_cannot_be_drawn_shows_its_words(visit: Visit, lantern: AsyncApp) -> None:
    """Drawn by the module itself: the playground lets nothing through that Slack does not know."""
    page = await visit("UMAYA")
    drawn = """async () => {
        const { blockList } = await import("/static/kit/blocks.js");
        const reader = { me: "", zone: "UTC", now: new Date(), nameOf: () => "" };
        const heading = { type: "mrkdwn", text: "*Words* inside" };
        const block = { type: "hologram", heading, of: [{ alt_text: "a pear" }] };
        const drawn = blockList([block], { id: "x", values: new Map(), given: () => ({}), reader });
        return [...drawn.querySelectorAll("small, p")].map((line) => line.textContent);
    }"""

    shown = await page.evaluate(drawn)

    assert shown == ["Shown as text: a “hologram” block", "Words inside", "a pear"]


# ---- elements that are pressed ----------------------------------------


async def test_a_menu_behind_dots_is_walked_by_keys(visit: Visit, playground: Playground, lantern: AsyncApp) -> None:
    heard = hears(lantern, "more")
    await show(
        lantern,
        section("A lamp", accessory={"type": "overflow", "action_id": "more", "options": options("Trim", "Fill")}),
    )
    page = await visit("UMAYA")

    await last_message(page).get_by_role("button", name="More", exact=True).press("Enter")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")

    await expect(last_message(page).get_by_role("button", name="More", exact=True)).to_be_focused()
    await expect(page.get_by_role("menu")).to_have_count(0)
    assert (await heard_once(playground, heard))["selected_option"]["value"] == "fill"
    assert heard == []


async def test_a_question_comes_before_the_click_counts(
    visit: Visit, playground: Playground, lantern: AsyncApp
) -> None:
    heard = hears(lantern, "end")
    ask = {
        "title": plain("Put it out?"),
        "text": mrkdwn("It gets *dark*."),
        "confirm": plain("Put out"),
        "deny": plain("Wait"),
    }
    await show(
        lantern,
        actions({"type": "button", "action_id": "end", "text": plain("End"), "confirm": ask | {"style": "danger"}}),
    )
    page = await visit("UMAYA")
    button = last_message(page).get_by_role("button", name="End")
    question = page.get_by_role("alertdialog", name="Put it out?")

    await button.click()
    await expect(question).to_have_accessible_description("It gets dark.")
    await page.keyboard.press("Escape")
    await expect(button).to_be_focused()
    assert heard == []

    await button.click()
    await question.get_by_role("button", name="Put out").click()
    await expect(question).to_have_count(0)
    await expect(button).not_to_have_attribute("aria-busy", "true")
    assert (await heard_once(playground, heard))["action_id"] == "end"
    assert heard == []
