"""The screens: one file for each thing that a person sees. They do not import each other."""

from types import ModuleType

from bot.slack.screens import goals, home

ALL: tuple[ModuleType, ...] = (
    goals,
    home,
)
