"""The screens: one file for each thing that a person sees. They do not import each other."""

from types import ModuleType

from bot.slack.screens import (
    activities,
    announce,
    goals,
    hello,
    home,
    ideas,
    lifecycle,
    log_meeting,
    meet_there,
    mentoring,
    pause,
    phases,
    reminder,
    settings,
    status,
    unclear,
    why,
)

ALL: tuple[ModuleType, ...] = (
    announce,
    goals,
    hello,
    home,
    lifecycle,
    log_meeting,
    meet_there,
    reminder,
    unclear,
    status,  # from here on the words of `/mentoring`, in the order of its help
    ideas,
    activities,
    pause,
    settings,
    why,
    phases,
    mentoring,
)
