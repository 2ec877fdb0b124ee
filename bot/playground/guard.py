"""Who may talk to the playground (programs of this machine and its own page), and whom it talks to (this machine)."""

from collections.abc import Awaitable, Callable
from ipaddress import ip_address
from urllib.parse import urlsplit

from aiohttp import web

OURS = ("127.0.0.1", "localhost", "[::1]")
CONSENT = "/oauth/v2/authorize"  # an app's own page leads people there
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data: https:; style-src 'self' 'unsafe-inline'; "
        "frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


@web.middleware
async def only_from_here(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Refuse a request that names another host, or that another website's page has sent."""
    if not _is_for_us(request.headers.get("Host", ""), request) or not _comes_from_us(request):
        answer = {"ok": False, "error": "foreign_origin", "message": "This playground answers its own page only."}
        return web.json_response(answer, status=403)
    response = await handler(request)
    if not response.prepared:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)  # a file brings a stricter policy of its own
    return response


def refuse_afar(url: str) -> str:
    """Give `url` back. Raise ValueError if it does not lead to this very machine: nothing is sent anywhere else."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not _is_loopback(parts.hostname or ""):
        raise ValueError(
            f"The playground sends nothing beyond this machine: the app's request URL must begin with "
            f"http://127.0.0.1 or http://localhost, and {url} does not."
        )
    return url


def _is_for_us(host: str, request: web.Request) -> bool:
    """A browser names the port; slack_sdk's own Socket Mode client does not."""
    return host in OURS or _is_ours(host, request)


def _comes_from_us(request: web.Request) -> bool:
    origin = request.headers.get("Origin")
    if origin is None:
        return request.headers.get("Sec-Fetch-Site", "none") in ("none", "same-origin") or _is_led_to_consent(request)
    parts = urlsplit(origin)
    return parts.scheme == "http" and _is_ours(parts.netloc, request)


def _is_led_to_consent(request: web.Request) -> bool:
    """Whether somebody follows a link to the page that asks for consent; what they answer comes from us again."""
    whole_page = request.headers.get("Sec-Fetch-Dest") == "document"
    return request.method == "GET" and request.path == CONSENT and whole_page


def _is_ours(host: str, request: web.Request) -> bool:
    """Whether `host` is a name of this machine, with the port on which the request came in."""
    name, _, port = host.rpartition(":")
    socket = request.transport.get_extra_info("sockname") if request.transport else None
    return name in OURS and socket is not None and port == str(socket[1])


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
