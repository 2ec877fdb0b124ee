"""The operator's port: `/healthz`, `/healthz/live`, `/healthz/ready` and `/metrics`, on loopback unless told otherwise.

It tells no names and no words: counts, ages, codes, and opaque ids of workspaces.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST

from bot.operating.figures import Facts, Figures
from bot.operating.health import report
from bot.operating.probe import Probe

ReadFacts = Callable[[], Awaitable[Facts]]


@asynccontextmanager
async def open_port(host: str, port: int, figures: Figures, read_facts: ReadFacts) -> AsyncIterator[None]:
    """Answer until the block ends. Raises OSError where the port is taken."""
    facts = Probe(read_facts)
    runner = web.AppRunner(_pages(figures, facts), access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        yield
    finally:
        await runner.cleanup()
        await facts.close()


def _pages(figures: Figures, facts: Probe[Facts]) -> web.Application:
    async def live(_: web.Request) -> web.Response:
        return web.json_response({"live": True})  # that it answers at all is what it says

    async def ready(_: web.Request) -> web.Response:
        is_ready, told = report(figures.signs, await facts.look())
        return web.json_response(told, status=200 if is_ready else 503)

    async def metrics(_: web.Request) -> web.Response:
        page = figures.page(await facts.look())
        return web.Response(body=page, headers={"Content-Type": CONTENT_TYPE_LATEST})

    pages = web.Application()
    pages.router.add_get("/healthz", ready)
    pages.router.add_get("/healthz/ready", ready)
    pages.router.add_get("/healthz/live", live)
    pages.router.add_get("/metrics", metrics)
    return pages
