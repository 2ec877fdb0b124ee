"""Where a text comes from: a file, its bytes, or the text itself."""

from pathlib import Path

from bot.content.problems import FilesRefused, Problem

Source = Path | bytes | str


def read_text(source: Source, name: str) -> str:
    r"""Return the text of a source, without a byte-order mark and with "\n" at the end of each line.

    Raises FilesRefused for a file that cannot be opened, or is not UTF-8; `name` is what it is called then.
    """
    text = source if isinstance(source, str) else _decoded(_bytes_of(source, name), name)
    return text.removeprefix("\ufeff").replace("\r\n", "\n")


def _bytes_of(source: Path | bytes, name: str) -> bytes:
    if isinstance(source, bytes):
        return source
    try:
        return source.read_bytes()
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise FilesRefused([Problem(name, 1, 1, f"This file cannot be read: {reason}.")]) from error


def _decoded(raw: bytes, name: str) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        before = raw[: error.start].removeprefix(b"\xef\xbb\xbf").decode()
        line, column = place_in(before, len(before))
        kind = '"CSV UTF-8" or as UTF-8 text' if name.endswith(".csv") else "UTF-8 text"
        sentence = f"This is not UTF-8 text: save the file again as {kind}."
        raise FilesRefused([Problem(name, line, column, sentence)]) from error


def place_in(text: str, offset: int) -> tuple[int, int]:
    """Return line and column, both from 1, of the character at `offset`."""
    before = text[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1
