"""The whole state: read, taken up again, or as it was at the start."""

from typing import TYPE_CHECKING

from aiohttp import web

from bot.playground.local_api.requests import body_of, refusing
from bot.playground.refusals import ActRefused
from bot.playground.workspace.saved import NotSaved
from bot.playground.workspace.state import Json

if TYPE_CHECKING:
    from bot.playground.server import Playground


class SavedRoutes:
    """Saving, loading, starting over."""

    def __init__(self, playground: "Playground"):
        self._playground = playground

    def add_to(self, router: web.UrlDispatcher) -> None:
        """Add every route."""
        router.add_get("/playground/saved", refusing(self.saved))
        router.add_post("/playground/saved", refusing(self.load))
        router.add_post("/playground/reset", refusing(self.reset))

    async def saved(self, request: web.Request) -> Json:
        """Everything, as `load` takes it."""
        return self._playground.save()

    async def load(self, request: web.Request) -> Json:
        """Everything is as it was saved."""
        kept = await body_of(request)
        async with self._playground.walk.held():
            try:
                self._playground.restore(kept)
            except NotSaved as refused:
                raise ActRefused("not_saved", str(refused)) from None
        return {}

    async def reset(self, request: web.Request) -> Json:
        """Everything is as at the start."""
        await self._playground.reset()
        return {}
