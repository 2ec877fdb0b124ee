"""The page on which somebody lets the app into the workspace, or does not, and is sent back to the app."""

from html import escape
from urllib.parse import urlencode, urlsplit

from aiohttp import web

from bot.playground.guard import CONSENT, OURS
from bot.playground.workspace.slack import Slack

Query = dict[str, str]
ASKED = ("client_id", "scope", "state", "redirect_uri")

PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width">
<style>
  body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 30rem; margin: 4rem auto; padding: 1rem }}
  button, select {{ font: inherit; padding: .4rem 1rem }}
</style>
<main><h1>{title}</h1>{content}</main></html>
"""
FORM = """<p>In {team}, it would be allowed:</p><ul>{scopes}</ul>
<form method="post">{hidden}
<p><label>You are <select name="user">{people}</select></label></p>
<p><button name="answer" value="allow">Allow</button> <button name="answer" value="cancel">Cancel</button></p></form>"""


class ConsentPage:
    """The routes of the page."""

    def __init__(self, slack: Slack):
        self._slack = slack

    def add_to(self, router: web.UrlDispatcher) -> None:
        """Add them."""
        router.add_get(CONSENT, self.ask)
        router.add_post(CONSENT, self.answer)

    async def ask(self, request: web.Request) -> web.StreamResponse:
        """Ask whether the app may come in."""
        query = dict(request.query)
        wrong = self._wrong(query)
        if wrong:
            return _refused(wrong)
        target = urlsplit(self._target(query))
        headers = {
            # The form's answer leads on to the app, and a browser wants to be told so beforehand.
            "Content-Security-Policy": (
                "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; "
                f"form-action 'self' {target.scheme}://{target.netloc}"
            ),
            "Referrer-Policy": "same-origin",  # without any, a browser hides where a form comes from
            "Cache-Control": "no-store",
        }
        return web.Response(text=self._page(query), content_type="text/html", headers=headers)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Send the person back to the app, with a code or without."""
        form = {name: str(value) for name, value in (await request.post()).items()}
        person = self._slack.person(form.get("user", ""))
        wrong = self._wrong(form) or ("" if person else "user_not_found")
        if wrong:
            return _refused(wrong)
        target, back = self._target(form), {"state": form.get("state", "")}
        if form.get("answer") != "allow":
            back["error"] = "access_denied"
        else:
            named = bool(form.get("redirect_uri"))
            back["code"] = self._slack.codes.issue(form["user"], _scopes(form), target, named_uri=named)
        raise web.HTTPFound(f"{target}{'&' if urlsplit(target).query else '?'}{urlencode(back)}")

    def _wrong(self, query: Query) -> str:
        """What is wrong with what the app asks for; nothing if all is well."""
        if query.get("client_id") != self._slack.app.client_id:
            return "invalid_client_id"
        if not _scopes(query):
            return "no_scopes"
        return "" if self._target(query) else "bad_redirect_uri"

    def _target(self, query: Query) -> str:
        """Where to go from here, or nothing: to an address of this machine, or one that the manifest lists."""
        listed = self._slack.app.redirect_urls
        wanted = query.get("redirect_uri") or (listed[0] if listed else "")
        if not _is_address(wanted):
            return ""
        address = urlsplit(wanted)
        is_here = address.scheme == "http" and address.hostname in OURS
        return wanted if is_here or any(_lies_under(wanted, one) for one in listed) else ""

    def _page(self, query: Query) -> str:
        slack = self._slack
        people = (one.member for one in slack.workspace.people.values())
        able = [one for one in people if not (one.deleted or one.is_bot or one.is_restricted or one.team)]
        hidden = (f'<input type="hidden" name="{name}" value="{escape(query.get(name, ""))}">' for name in ASKED)
        content = FORM.format(
            team=escape(slack.team_name),
            scopes="".join(f"<li>{escape(scope)}</li>" for scope in sorted(_scopes(query))),
            hidden="".join(hidden),
            people="".join(f'<option value="{escape(one.id)}">{escape(one.real_name)}</option>' for one in able),
        )
        return PAGE.format(title=f"Let {escape(slack.app.name)} in?", content=content)


def _scopes(query: Query) -> frozenset[str]:
    return frozenset(scope.strip() for scope in query.get("scope", "").split(",") if scope.strip())


def _is_address(text: str) -> bool:
    """Whether that can be read as an address at all, its port too."""
    try:
        return urlsplit(text).port != 0
    except ValueError:
        return False


def _lies_under(wanted: str, listed: str) -> bool:
    """Whether an address is the listed one, or one beneath it."""
    here, there = urlsplit(wanted), urlsplit(listed)
    beneath = here.path == there.path or here.path.startswith(there.path.rstrip("/") + "/")
    return (here.scheme, here.netloc) == (there.scheme, there.netloc) and beneath


def _refused(error: str) -> web.Response:
    content = f"<p>The app has sent you here with something that does not fit: <code>{error}</code>.</p>"
    return web.Response(
        text=PAGE.format(title="This does not work", content=content), status=400, content_type="text/html"
    )
