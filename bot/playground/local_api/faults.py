"""Making things go wrong: faults on order, and rate limits."""

from typing import TYPE_CHECKING

from aiohttp import web

from bot.playground.local_api.requests import body_of, flag_in, number_in, refusing, text_in
from bot.playground.refusals import ActRefused
from bot.playground.workspace.faults import Fault, How, UnknownFault
from bot.playground.workspace.state import Json

if TYPE_CHECKING:
    from bot.playground.server import Playground

MOST_SECONDS, MOST_TIMES = 3600, 1_000_000


class FaultRoutes:
    """Everything that makes the app's life hard."""

    def __init__(self, playground: "Playground"):
        self._playground = playground
        self._faults = playground.faults
        self._bell = playground.slack.bell

    def add_to(self, router: web.UrlDispatcher) -> None:
        """Add every route."""
        router.add_get("/playground/faults", refusing(self.faults))
        router.add_post("/playground/faults", refusing(self.order))
        router.add_delete("/playground/faults", refusing(self.clear))
        router.add_delete("/playground/faults/{fault}", refusing(self.drop))
        router.add_post("/playground/limits", refusing(self.limits))

    async def faults(self, request: web.Request) -> Json:
        """What is on order."""
        return {"faults": [fault.shown() for fault in self._faults]}

    async def order(self, request: web.Request) -> Json:
        """One more thing shall go wrong."""
        fault = _ordered(await body_of(request))
        self._faults.append(fault)
        self._bell.ring()
        return {"fault": fault.shown()}

    async def clear(self, request: web.Request) -> Json:
        """All shall go well."""
        self._faults.clear()
        self._bell.ring()
        return {"faults": []}

    async def drop(self, request: web.Request) -> Json:
        """One fault is taken back."""
        if not self._faults.without(request.match_info["fault"]):
            raise ActRefused("fault_not_found", "That fault is not on order, or no longer.", 404)
        self._bell.ring()
        return {"faults": [fault.shown() for fault in self._faults]}

    async def limits(self, request: web.Request) -> Json:
        """Rate limits are switched on or off; on, they begin to count anew."""
        limits = self._playground.limits
        on = flag_in(await body_of(request), "on")
        if on and not limits.on:
            limits.forget()
        limits.on = on
        self._bell.ring()
        return {"limits": on}


def _ordered(body: Json) -> Fault:
    try:
        return Fault(
            method=text_in(body, "method"),
            how=_how(body.get("how")),
            times=None if body.get("times", 1) is None else int(number_in(body, "times", 1, least=1, most=MOST_TIMES)),
            retry_after=int(number_in(body, "retry_after", 30, most=MOST_SECONDS)),
            probability=number_in(body, "probability", 1, most=1),
            seed=int(number_in(body, "seed", 0, most=2**53)),
            seconds=number_in(body, "seconds", 0, most=MOST_SECONDS),
        )
    except UnknownFault as unknown:
        raise ActRefused("unknown_fault", str(unknown)) from None


def _how(how: object) -> How:
    if not isinstance(how, (str, dict)):
        raise ActRefused("invalid_arguments", "`how` is missing: the name of a fault, or an answer as an object.")
    return how
