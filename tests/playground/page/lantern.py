"""A small Bolt app to look at through the page: forms, buttons, a Home, and words that try to be markup."""

from typing import Any

from slack_bolt.async_app import AsyncApp

Block = dict[str, Any]

MANIFEST: dict[str, Any] = {
    "display_information": {"name": "Lantern", "description": "Lights the way", "background_color": "#7a3b12"},
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True, "messages_tab_read_only_enabled": False},
        "bot_user": {"display_name": "Lantern", "always_online": True},
        "slash_commands": [
            {"command": "/walk", "description": "Plan a walk", "usage_hint": "[where]"},
            {"command": "/wave", "description": "Say hello", "usage_hint": "[how]"},
            {"command": "/vote", "description": "Ask with buttons"},
            {"command": "/story", "description": "Tell one in pieces"},
            {"command": "/think", "description": "Take time"},
            {"command": "/raw", "description": "Words that look like markup"},
            {"command": "/form", "description": "Open the form that a test has made"},
        ],
        "shortcuts": [
            {"name": "Plan a walk", "type": "global", "callback_id": "plan", "description": "Opens the form"},
            {"name": "Remember this", "type": "message", "callback_id": "remember", "description": "Keeps a message"},
        ],
    },
    "oauth_config": {"scopes": {"bot": ["chat:write", "commands", "im:history", "mpim:write", "users:read"]}},
    "settings": {
        "event_subscriptions": {"bot_events": ["app_home_opened", "message.im"]},
        "interactivity": {"is_enabled": True},
        "socket_mode_enabled": True,
    },
}

RAW = (
    "*Bold* and _slanted_, 2 &lt; 3, <https://example.org/a?b=1&amp;c=2|a link>, <javascript:alert(1)|no link>, "
    "<@UTOM>\n> quoted\n• a point\n```<b>code</b>```\n<img src=x onerror=alert(1)>"
)


def plain(text: str) -> Block:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Block:
    return {"type": "mrkdwn", "text": text}


def option(label: str) -> Block:
    return {"text": plain(label), "value": label.lower()}


def field(name: str, label: str, element: Block, **more: Any) -> Block:
    return {"type": "input", "block_id": name, "label": plain(label), "element": element | {"action_id": "it"}, **more}


def walk_form(*extra: Block) -> Block:
    """A form with one field of each common kind; the length alone is told to the app at once."""
    radio = {"type": "radio_buttons", "options": [option("Short"), option("Long")]}
    boxes = {"type": "checkboxes", "options": [option("Map"), option("Tea"), option("Lamp")]}
    about = {"type": "button", "action_id": "about", "text": plain("About walks")}
    pace = {"type": "static_select", "options": [option("Slow"), option("Fast")], "initial_option": option("Slow")}
    return {
        "type": "modal",
        "callback_id": "walk",
        "title": plain("Plan a walk"),
        "submit": plain("Plan it"),
        "close": plain("Not now"),
        "blocks": [
            field("where", "Where", {"type": "plain_text_input"}, hint=plain("A place")),
            field("day", "Day", {"type": "datepicker", "initial_date": "2017-06-02"}),
            field("at", "Starting at", {"type": "timepicker"}, optional=True),
            field("size", "Length", radio, dispatch_action=True),
            field("bring", "Bring along", boxes, optional=True),
            field("pace", "Pace", pace),
            field("guide", "Guide", {"type": "users_select"}, optional=True),
            field("steps", "Steps", {"type": "number_input", "is_decimal_allowed": False, "initial_value": "900"}),
            field("note", "A word", {"type": "plain_text_input", "multiline": True}, optional=True),
            {"type": "actions", "block_id": "more", "elements": [about]},
            *extra,
        ],
    }


def vote_blocks() -> list[Block]:
    question = {"title": plain("Sure?"), "text": plain("No way back."), "confirm": plain("Yes"), "deny": plain("No")}
    buttons = [
        {"type": "button", "action_id": "yes", "text": plain("Count me in"), "style": "primary"},
        {"type": "button", "action_id": "never", "text": plain("Never"), "style": "danger", "confirm": question},
        {"type": "datepicker", "action_id": "when", "placeholder": plain("Another day")},
    ]
    return [
        {"type": "section", "block_id": "q", "text": mrkdwn("*Do you come?*")},
        {"type": "actions", "block_id": "vote", "elements": buttons},
    ]


def said(values: Any) -> str:
    """What a person filled in, in one line."""
    held = {name: next(iter(state.values())) for name, state in values.items()}
    bring = ", ".join(chosen["value"] for chosen in held["bring"]["selected_options"])
    return (
        f"{held['where']['value']} on {held['day']['selected_date']} at {held['at']['selected_time']}, "
        f"{held['size']['selected_option']['value']}, with {bring}, {held['pace']['selected_option']['value']}, "
        f"led by {held['guide']['selected_user']}, {held['steps']['value']} steps: {held['note']['value']}"
    )


def add_listeners(app: AsyncApp) -> None:
    """Register what Lantern does."""

    @app.command("/walk")
    async def plan(ack: Any, body: Any, client: Any) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=walk_form())

    @app.shortcut("plan")
    async def plan_from_anywhere(ack: Any, body: Any, client: Any) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=walk_form())

    @app.shortcut("remember")
    async def remember(ack: Any, body: Any, client: Any) -> None:
        await ack()
        await client.chat_postMessage(channel=body["user"]["id"], text=f"I remember: {body['message']['text']}")

    @app.action("it")
    async def sized(ack: Any, body: Any, client: Any) -> None:
        await ack()
        remark = {"type": "section", "block_id": "remark", "text": mrkdwn("Take good shoes.")}
        await client.views_update(view_id=body["view"]["id"], view=walk_form(remark))

    @app.action("about")
    async def about(ack: Any, body: Any, client: Any) -> None:
        await ack()
        words = {"type": "section", "text": mrkdwn("They are long.")}
        view = {"type": "modal", "title": plain("About walks"), "close": plain("Back"), "blocks": [words]}
        await client.views_push(trigger_id=body["trigger_id"], view=view)

    @app.view("walk")
    async def planned(ack: Any, body: Any, client: Any) -> None:
        values = body["view"]["state"]["values"]
        if values["where"]["it"]["value"] == "nowhere":
            await ack(response_action="errors", errors={"where": "That is no place to go."})
            return
        await ack()
        await client.chat_postMessage(channel=body["user"]["id"], text=said(values))

    @app.command("/wave")
    async def wave(ack: Any) -> None:
        await ack("Hello, only you.")

    @app.command("/vote")
    async def vote(ack: Any, body: Any, client: Any) -> None:
        await ack()
        await client.chat_postMessage(channel=body["user_id"], text="Do you come?", blocks=vote_blocks())

    @app.action("yes")
    @app.action("never")
    @app.action("when")
    async def voted(ack: Any, body: Any, client: Any) -> None:
        await ack()
        action = body["actions"][0]
        text = f"You chose {action.get('selected_date') or action['action_id']}."
        blocks = [{"type": "section", "text": mrkdwn(text)}]
        await client.chat_update(channel=body["channel"]["id"], ts=body["message"]["ts"], text=text, blocks=blocks)

    @app.command("/story")
    async def story(ack: Any, body: Any, client: Any) -> None:
        await ack()
        for number in range(1, 31):
            await client.chat_postMessage(channel=body["user_id"], text=f"Piece {number}")

    @app.command("/raw")
    async def raw(ack: Any, body: Any, client: Any) -> None:
        await ack()
        await client.chat_postMessage(
            channel=body["user_id"], text="raw", blocks=[{"type": "section", "text": mrkdwn(RAW)}]
        )

    @app.event("message")
    async def heard(event: Any, say: Any) -> None:
        await say(f"You said: {event['text']}")

    @app.event("app_home_opened")
    async def opened(event: Any, client: Any) -> None:
        if event["tab"] == "home":
            await client.views_publish(user_id=event["user"], view=home("Dark"))

    @app.action("light")
    async def lit(ack: Any, body: Any, client: Any) -> None:
        await ack()
        await client.views_publish(user_id=body["user"]["id"], view=home("Bright"))


def home(state: str) -> Block:
    """Lantern's Home: a heading, a fact and a button."""
    button = {"type": "button", "action_id": "light", "text": plain("Light it")}
    return {
        "type": "home",
        "blocks": [
            {"type": "header", "block_id": "head", "text": plain("Your lantern")},
            {"type": "section", "block_id": "state", "text": mrkdwn(f"It is *{state}*."), "accessory": button},
        ],
    }
