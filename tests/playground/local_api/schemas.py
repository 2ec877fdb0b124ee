"""What every answer of the local API looks like, as JSON schemas: the README's tables, so that a machine can hold them.

Our own objects are closed: nothing more, nothing less. Slack's own (views, messages, arguments, answers) are Slack's.
"""

from typing import Any

Json = dict[str, Any]

TEXT, NUMBER, TRUTH = {"type": "string"}, {"type": "number"}, {"type": "boolean"}
COUNT = {"type": "integer", "minimum": 0}
MOMENT = {"type": "string", "format": "date-time"}
SLACKS_OWN = {"type": "object"}


def closed(**properties: Json) -> Json:
    """An object with exactly these properties."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def answer(**properties: Json) -> Json:
    """An answer that is no refusal."""
    return closed(ok={"const": True}, **properties)


def rows(of: Json) -> Json:
    return {"type": "array", "items": of}


def maybe(kind: Json) -> Json:
    return {"anyOf": [kind, {"type": "null"}]}


def one_of(*values: str) -> Json:
    return {"enum": list(values)}


COMMAND = closed(command=TEXT, description=TEXT, usage_hint=TEXT)
SHORTCUT = closed(name=TEXT, type=one_of("global", "message"), callback_id=TEXT, description=TEXT)
APP = closed(
    name=TEXT,
    user_id=TEXT,
    bot_id=TEXT,
    color={"type": "string", "pattern": "^#[0-9a-fA-F]{6}$"},
    description=TEXT,
    long_description=TEXT,
    installed=TRUTH,
    home_tab=TRUTH,
    messages_tab=TRUTH,
    can_write=TRUTH,
    commands=rows(COMMAND),
    shortcuts=rows(SHORTCUT),
)
CLOCK = closed(now=MOMENT, zone=TEXT, next=maybe(MOMENT), moving=TRUTH, steps=TRUTH, stuck=maybe(MOMENT), speed=NUMBER)
FAULT = closed(
    id=TEXT,
    method=TEXT,
    how={"type": ["string", "object"]},
    times=maybe({"type": "integer", "minimum": 1}),
    probability={"type": "number", "minimum": 0, "maximum": 1},
    seed={"type": "integer"},
    seconds=NUMBER,
    retry_after=COUNT,
)
PERSON = closed(
    id=TEXT,
    name=TEXT,
    real_name=TEXT,
    title=TEXT,
    tz=TEXT,
    tz_offset={"type": "integer"},
    local=TEXT,
    deleted=TRUTH,
    unread=COUNT,
    badges=rows(one_of("Admin", "Guest", "Single-channel guest", "External", "Bot")),
    dnd=TRUTH,
    email=TEXT,
)
ROOM = closed(id=TEXT, kind=one_of("channel", "group"), name=TEXT, topic=TEXT, members=rows(TEXT), has_app=TRUTH)
MESSAGE = {
    "type": "object",
    "properties": {"ts": TEXT, "text": TEXT, "time": MOMENT, "ephemeral": {"const": True}, "thread_ts": TEXT},
    "required": ["ts", "text", "time"],
}
CONVERSATION = closed(
    channel=TEXT,
    kind=one_of("im", "mpim", "channel", "group"),
    name=TEXT,
    topic=TEXT,
    members=rows(TEXT),
    has_app=TRUTH,
    unread=COUNT,
    messages=rows(MESSAGE),
)
VIEW = {"type": "object", "required": ["id", "type", "blocks", "state", "hash"]}
CALL = closed(n=COUNT, at=MOMENT, method=TEXT, args=SLACKS_OWN, answer=SLACKS_OWN, ms=NUMBER)
NOTED: dict[str, Json] = {
    "n": COUNT,
    "at": MOMENT,
    "name": TEXT,
    "ms": NUMBER,
    "violations": rows(TEXT),
    "fault": maybe(TEXT),
}
ENTRY = {
    "oneOf": [
        closed(kind={"const": "call"}, args=SLACKS_OWN, answer=SLACKS_OWN, **NOTED),
        closed(kind={"const": "sent"}, payload=SLACKS_OWN, reply=maybe(SLACKS_OWN), retry=COUNT, **NOTED),
    ]
}
SAVED = {
    "type": "object",
    "properties": {"ok": {"const": True}, "version": {"const": 2}, "now": MOMENT},
    "required": ["ok", "version", "now", "people", "channels"],
}
REFUSAL = closed(ok={"const": False}, error={"type": "string", "pattern": "^[a-z_]+$"}, message={"pattern": "[.}]$"})
RUNG = closed(revision=COUNT)

Route = tuple[str, str]

SCHEMAS: dict[Route, Json] = {
    ("GET", "/playground/state"): answer(
        revision=COUNT,
        team=closed(id=TEXT, name=TEXT),
        app=APP,
        clock=CLOCK,
        limits=TRUTH,
        faults=rows(FAULT),
        connected=COUNT,
        anew=TEXT,
        people=rows(PERSON),
        channels=rows(ROOM),
    ),
    ("POST", "/playground/people"): answer(person=PERSON),
    ("GET", "/playground/people/{user}"): answer(
        revision=COUNT, person=PERSON, conversations=rows(CONVERSATION), home=maybe(VIEW), modals=rows(VIEW)
    ),
    ("POST", "/playground/people/{user}/command"): answer(shown=maybe(MESSAGE)),
    ("POST", "/playground/people/{user}/message"): answer(ts=TEXT),
    ("POST", "/playground/people/{user}/open"): answer(),
    ("POST", "/playground/people/{user}/click"): answer(),
    ("POST", "/playground/people/{user}/submit"): answer(
        errors={"type": "object", "additionalProperties": {"type": "string"}}
    ),
    ("POST", "/playground/people/{user}/close"): answer(),
    ("POST", "/playground/people/{user}/options"): {
        "oneOf": [answer(options=rows(SLACKS_OWN)), answer(option_groups=rows(SLACKS_OWN))]
    },
    ("POST", "/playground/people/{user}/shortcut"): answer(),
    ("POST", "/playground/people/{user}/react"): answer(),
    ("POST", "/playground/people/{user}/join"): answer(),
    ("POST", "/playground/people/{user}/leave"): answer(),
    ("POST", "/playground/people/{user}/change"): answer(),
    ("POST", "/playground/app"): answer(app=APP),
    ("POST", "/playground/clock"): answer(clock=CLOCK),
    ("POST", "/playground/limits"): answer(limits=TRUTH),
    ("GET", "/playground/faults"): answer(faults=rows(FAULT)),
    ("POST", "/playground/faults"): answer(fault=FAULT),
    ("DELETE", "/playground/faults"): answer(faults=rows(FAULT)),
    ("DELETE", "/playground/faults/{fault}"): answer(faults=rows(FAULT)),
    ("POST", "/playground/sockets"): answer(connected=COUNT),
    ("GET", "/playground/journal"): answer(entries=rows(ENTRY)),
    ("GET", "/playground/calls"): answer(calls=rows(CALL)),
    ("GET", "/playground/saved"): SAVED,
    ("POST", "/playground/saved"): answer(),
    ("POST", "/playground/reset"): answer(),
}
NOT_JSON: set[Route] = {("GET", "/playground/events"), ("GET", "/playground/files/{id}")}
