"""A Slack that fits in a process: for people who try an app without an account, and for tests."""

from bot.playground.clock import Clock
from bot.playground.driver import PersonDriver
from bot.playground.faults import Fault
from bot.playground.refusals import ActRefused
from bot.playground.server import Playground
from bot.playground.state import Member
from bot.playground.walk import Hooks
from bot.playground.web_api import Call

__all__ = ["ActRefused", "Call", "Clock", "Fault", "Hooks", "Member", "PersonDriver", "Playground"]
