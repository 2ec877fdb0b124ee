"""A Slack that fits in a process: for people who try an app without an account, and for tests."""

from bot.playground.desk.driver import PersonDriver
from bot.playground.refusals import ActRefused
from bot.playground.server import Playground
from bot.playground.workspace.channels import Room
from bot.playground.workspace.clock import Clock
from bot.playground.workspace.faults import Fault, Faults
from bot.playground.workspace.journal import Call, Delivery
from bot.playground.workspace.state import Member
from bot.playground.workspace.walk import Hooks

__all__ = [
    "ActRefused",
    "Call",
    "Clock",
    "Delivery",
    "Fault",
    "Faults",
    "Hooks",
    "Member",
    "PersonDriver",
    "Playground",
    "Room",
]
