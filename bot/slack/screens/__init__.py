"""The screens: one file for each thing that a person sees. They do not import each other."""

from types import ModuleType

from bot.slack.screens import (
    agreement,
    announce,
    closing,
    goals,
    hello,
    home,
    lifecycle,
    log_meeting,
    mentoring,
    outlook,
    pause,
    reminder,
    settings,
    status,
    together,
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
    reminder,
    unclear,
    status,  # from here on the words of `/mentoring`, in the order of its help
    agreement,
    pause,
    closing,
    together,
    settings,
    outlook,
    why,
    mentoring,
)
