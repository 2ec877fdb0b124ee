"""A Slack that fits in a process: for people who try an app without an account, and for tests."""

from bot.playground.desk.driver import PersonDriver
from bot.playground.refusals import ActRefused
from bot.playground.server import Playground
from bot.playground.web_api.serving import Call
from bot.playground.workspace.clock import Clock
from bot.playground.workspace.faults import Fault
from bot.playground.workspace.state import Member
from bot.playground.workspace.walk import Hooks

__all__ = ["ActRefused", "Call", "Clock", "Fault", "Hooks", "Member", "PersonDriver", "Playground"]
