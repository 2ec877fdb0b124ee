"""The aviary, asked through its own HTTP API by real requests, each answer held against its schema."""

import re
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from jsonschema import Draft202012Validator, FormatChecker

from bot.playground import Playground
from tests.playground.conftest import RealTime
from tests.playground.desk.aviary import aviary
from tests.playground.local_api.schemas import REFUSAL, SCHEMAS, Json, Route


@pytest.fixture
async def playground(seconds: RealTime) -> AsyncIterator[Playground]:
    async with aviary(seconds) as made:
        yield made


class Caller:
    """Asks the local API. `asked` are the routes that have answered as their schemas say."""

    def __init__(self, playground: Playground, session: aiohttp.ClientSession):
        self._url = f"{playground.url}/playground/"
        self._session = session
        self.asked: set[Route] = set()

    async def get(self, path: str, status: int = 200) -> Json:
        return await self.ask("GET", path, None, status)

    async def post(self, path: str, body: Any = None, status: int = 200) -> Json:
        return await self.ask("POST", path, {} if body is None else body, status)

    async def delete(self, path: str, status: int = 200) -> Json:
        return await self.ask("DELETE", path, None, status)

    async def ask(self, verb: str, path: str, body: Any, status: int) -> Json:
        """Send one request, and hold its answer against the schema of its route, or of a refusal."""
        async with self._session.request(verb, self._url + path, json=body) as response:
            got: Json = await response.json()
            assert response.status == status, got
        route = route_of(verb, path)
        hold(got, SCHEMAS[route] if status == 200 else REFUSAL)
        if status == 200:
            self.asked.add(route)
        return got


def hold(got: Any, schema: Json) -> None:
    """Raise ValidationError unless `got` is as the schema says."""
    Draft202012Validator(schema, format_checker=FormatChecker()).validate(got)


def route_of(verb: str, path: str) -> Route:
    """The route that a path belongs to; a fixed one before one with a name in it."""
    plain = "/playground/" + path.partition("?")[0]
    fitting = [
        route for route in SCHEMAS if route[0] == verb and re.fullmatch(re.sub(r"{\w+}", r"[^/]+", route[1]), plain)
    ]
    return min(fitting, key=lambda route: route[1].count("{"))


@pytest.fixture
def api(playground: Playground, session: aiohttp.ClientSession) -> Caller:
    return Caller(playground, session)
