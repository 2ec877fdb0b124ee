"""The progress line of an announcement, in its author's conversation with the app: how it goes, and how it went."""

from bot.content.words import load_words
from bot.domain.announcements import Announcement, Progress
from bot.slack import blocks as b
from bot.usecases.phrasing import listed, span_words

TEXT_SHOWN, NAMES_SHOWN = 150, 40


def people_words(count: int) -> str:
    """Say how many people: "1 person", "14 people"."""
    return "1 person" if count == 1 else f"{count} people"


def names_words(names: tuple[str, ...] | list[str], most: int) -> str:
    """Name up to `most`, and say how many more there are."""
    if len(names) <= most:
        return listed(names)
    return load_words().say("announce.people_more", names=", ".join(names[:most]), count=str(len(names) - most))


def getting_ready_blocks(announcement: Announcement, count: int) -> list[b.Block]:
    """Say that an announcement for `count` people is about to go out: what stands there before it is recorded."""
    ready = load_words().say("announce.getting_ready", count=people_words(count))
    return [_reminder_of(announcement), b.section(ready)]


def progress_blocks(announcement: Announcement, progress: Progress) -> list[b.Block]:
    """Say how many copies are where; some waiting can be stopped; in the end those not reached are named."""
    return [
        _reminder_of(announcement),
        *(_final(progress) if progress.finished else _on_its_way(announcement, progress)),
    ]


def _reminder_of(announcement: Announcement) -> b.Block:
    text = b.shorten(" ".join(announcement.text.split()), TEXT_SHOWN)
    return b.section(load_words().say("announce.line", text=text))


def _on_its_way(announcement: Announcement, progress: Progress) -> list[b.Block]:
    counts = {"sent": str(progress.sent), "waiting": str(progress.waiting), "failed": str(progress.failed)}
    question = b.confirm(load_words().say("announce.stop", **counts), "Stop it", "Go on")
    stop = b.button("stop_announcement", "Stop", announcement.id, style="danger", confirm=question)
    said = load_words().say("announce.under_way", **counts)
    if progress.to_go:
        said += "\n" + load_words().say("announce.to_go", time=span_words(progress.to_go))
    return [b.section(said), b.actions([stop], "progress")]


def _final(progress: Progress) -> list[b.Block]:
    words = load_words()
    key = "finished_stopped" if progress.stopped else "finished"
    stopped = people_words(progress.stopped)
    shown = [b.section(words.say(f"announce.{key}", sent=people_words(progress.sent), stopped=stopped))]
    if progress.unreached:
        names = names_words(progress.unreached, NAMES_SHOWN)
        shown.append(b.section(words.say("announce.unreached", names=names)))
    return shown
