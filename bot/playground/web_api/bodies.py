"""What a request to the Web API carries: arguments in the address, in a form or in JSON."""

import json
import re

from aiohttp import web

from bot.playground.refusals import MethodRefused
from bot.playground.workspace.state import Json

FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
CHARSETS = ("utf-8", "iso-8859-1")
NAME = re.compile(r"\w{1,100}")


async def given_in(request: web.Request) -> Json:
    """The arguments of a call, the body's before the address's. Raise MethodRefused if they cannot be read."""
    given: Json = dict(request.query)
    if request.can_read_body:
        given |= await _body(request)
    for name in given:
        if "[" in name:
            raise MethodRefused("invalid_array_arg")
        if not NAME.fullmatch(name):
            raise MethodRefused("invalid_arg_name")
    return given


async def _body(request: web.Request) -> Json:
    if "Content-Type" not in request.headers:
        raise MethodRefused("missing_post_type")
    if request.charset and request.charset.lower() not in CHARSETS:
        raise MethodRefused("invalid_charset")
    if request.content_type == "application/json":
        return await _object(request)
    if request.content_type in FORMS:
        return await _fields(request)
    if request.content_type == "text/plain":
        return {}  # Slack takes it, and finds no argument in it
    raise MethodRefused("invalid_post_type")


async def _object(request: web.Request) -> Json:
    try:
        body = json.loads(await request.text())
    except ValueError:
        raise MethodRefused("invalid_json") from None
    if not isinstance(body, dict):
        raise MethodRefused("json_not_object")
    return body


async def _fields(request: web.Request) -> Json:
    try:
        return {name: str(value) for name, value in (await request.post()).items()}
    except ValueError:
        raise MethodRefused("invalid_form_data") from None
