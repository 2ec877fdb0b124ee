"""The app as the page handles it: in the workspace or out of it, and how it is connected."""

from typing import TYPE_CHECKING

from aiohttp import web

from bot.playground.desk import sights
from bot.playground.local_api.requests import body_of, flag_in, refusing
from bot.playground.refusals import ActRefused
from bot.playground.workspace.state import Json

if TYPE_CHECKING:
    from bot.playground.server import Playground


class AppRoutes:
    """What can be done to the app."""

    def __init__(self, playground: "Playground"):
        self._playground = playground

    def add_to(self, router: web.UrlDispatcher) -> None:
        """Add every route."""
        router.add_post("/playground/app", refusing(self.app))
        router.add_post("/playground/sockets", refusing(self.sockets))

    async def app(self, request: web.Request) -> Json:
        """The app is removed, or installed again."""
        if flag_in(await body_of(request), "installed"):
            self._playground.install()
        elif self._playground.slack.app.installed:
            await self._playground.uninstall()
        return {"app": sights.app_seen(self._playground.slack)}

    async def sockets(self, request: web.Request) -> Json:
        """The app's connections are cut, or asked for anew, or fall silent, or talk again."""
        sockets = self._playground.sockets
        deeds = {"cut": sockets.cut, "refresh": sockets.refresh, "silence": sockets.silence, "talk": sockets.talk}
        deed = deeds.get(str((await body_of(request)).get("do")))
        if deed is None:
            raise ActRefused("invalid_arguments", f"Say `do`: {', '.join(deeds)}.")
        deed()
        return {"connected": self._playground.slack.deliveries.connected}
