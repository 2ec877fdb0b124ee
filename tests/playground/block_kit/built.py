"""Blocks at random, built with slack_sdk's own classes, which write them as a Bolt app would."""

from hypothesis import strategies as some
from slack_sdk.models import blocks as sdk
from slack_sdk.models.blocks.block_elements import FileInputElement

words = some.text("abc def", min_size=1, max_size=20)
few = some.integers(1, 9)
texts = some.builds(sdk.PlainTextObject, text=words) | some.builds(sdk.MarkdownTextObject, text=words)
options = some.lists(words, min_size=1, max_size=5, unique=True).map(
    lambda values: [sdk.Option(text=value, value=value) for value in values]
)
confirms = some.builds(sdk.ConfirmObject, title=words, text=words, confirm=words, deny=words)
buttons = some.builds(
    sdk.ButtonElement,
    text=words,
    value=words,
    style=some.sampled_from([None, "primary", "danger"]),
    confirm=some.none() | confirms,
)
menus = some.one_of(
    some.builds(sdk.StaticSelectElement, placeholder=words, options=options),
    some.builds(sdk.StaticMultiSelectElement, placeholder=words, options=options, max_selected_items=few),
    some.builds(sdk.UserSelectElement, placeholder=words),
    some.builds(sdk.ConversationSelectElement, placeholder=words, default_to_current_conversation=some.booleans()),
    some.builds(sdk.ExternalDataSelectElement, placeholder=words, min_query_length=few),
    some.builds(sdk.CheckboxesElement, options=options),
    some.builds(sdk.RadioButtonsElement, options=options),
    some.builds(sdk.DatePickerElement, placeholder=words, initial_date=some.dates().map(str)),
    some.builds(sdk.TimePickerElement, placeholder=words, initial_time=some.times().map(lambda at: f"{at:%H:%M}")),
)
typed = some.one_of(
    some.builds(sdk.PlainTextInputElement, placeholder=words, multiline=some.booleans(), max_length=few),
    some.builds(sdk.EmailInputElement, placeholder=words),
    some.builds(sdk.UrlInputElement, placeholder=words),
    some.builds(sdk.NumberInputElement, is_decimal_allowed=some.booleans(), min_value=some.just("1")),
    some.builds(FileInputElement, filetypes=some.just(["png"]), max_files=some.integers(1, 10)),
    some.builds(sdk.RichTextInputElement, action_id=words),
    some.builds(sdk.DateTimePickerElement, initial_date_time=some.integers(10**9, 10**10 - 1)),
)
lines = some.lists(
    some.one_of(
        some.builds(sdk.RichTextElementParts.Text, text=words),
        some.builds(sdk.RichTextElementParts.Link, url=some.just("https://example.org"), text=words),
        some.builds(sdk.RichTextElementParts.User, user_id=some.just("U0MAYA")),
        some.builds(sdk.RichTextElementParts.Emoji, name=words),
        some.builds(sdk.RichTextElementParts.Date, timestamp=some.integers(0, 10**9), format=some.just("{date}")),
        some.builds(sdk.RichTextElementParts.Broadcast, range=some.sampled_from(["here", "channel", "everyone"])),
    ),
    min_size=1,  # the models leave out an empty list, and its field is then missing
    max_size=3,
)
parts = some.one_of(
    some.builds(sdk.RichTextSectionElement, elements=lines),
    some.builds(sdk.RichTextQuoteElement, elements=lines),
    some.builds(
        sdk.RichTextListElement,
        elements=some.lists(some.builds(sdk.RichTextSectionElement, elements=lines), min_size=1, max_size=2),
        style=some.sampled_from(["bullet", "ordered"]),
        indent=some.integers(0, 3),
    ),
)
rich_texts = some.builds(sdk.RichTextBlock, elements=some.lists(parts, min_size=1, max_size=2))
cells = some.builds(sdk.RawTextObject, text=words) | rich_texts
framed = some.one_of(
    some.builds(sdk.SectionBlock, text=words, accessory=some.none() | buttons | menus),
    some.builds(sdk.SectionBlock, fields=some.lists(words, min_size=1, max_size=10)),
    some.builds(sdk.ActionsBlock, elements=some.lists(buttons | menus, min_size=1, max_size=5)),
    some.builds(sdk.HeaderBlock, text=words),
    some.builds(sdk.DividerBlock),
    some.builds(sdk.ContextBlock, elements=some.lists(texts, min_size=1, max_size=10)),
    some.builds(sdk.ImageBlock, alt_text=words, image_url=some.just("https://example.org/i.png"), title=words),
    rich_texts,
)
everywhere = framed | some.builds(sdk.CardBlock, title=words, body=words)
only_in_messages = some.one_of(
    some.builds(sdk.MarkdownBlock, text=words),
    some.builds(sdk.FileBlock, external_id=words),
    some.builds(sdk.ContainerBlock, title=words, child_blocks=some.lists(framed, min_size=1, max_size=2)),
)
tables = some.builds(sdk.TableBlock, rows=some.lists(some.lists(cells, min_size=1, max_size=3), min_size=1, max_size=3))
inputs = some.builds(sdk.InputBlock, label=words, element=menus | typed, optional=some.booleans())
