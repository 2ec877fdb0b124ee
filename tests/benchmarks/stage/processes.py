"""Processes of our own, so that what is measured shares neither memory nor interpreter with who measures."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

PATIENCE = 60.0  # seconds


@asynccontextmanager
async def python(module: str, *arguments: str, **environment: str) -> AsyncIterator[Process]:
    """Run `python -m module`; it is told to end with the block, and does. What it complains of goes to our stderr."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", module, *arguments, env=os.environ | environment, stdin=PIPE, stdout=PIPE
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            await _end(process)


async def _end(process: Process) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        async with asyncio.timeout(PATIENCE):
            await process.communicate()
    except TimeoutError:
        process.kill()
        await process.wait()


async def line_of(process: Process) -> str:
    """Return the next line that it prints."""
    assert process.stdout is not None
    async with asyncio.timeout(PATIENCE):
        line = (await process.stdout.readline()).decode().strip()
    if not line:
        raise RuntimeError("a process ended before it said anything; what it complained of stands above")
    return line


async def last_line(process: Process) -> str:
    """Wait until it ends, however long that takes; return the last line that it printed."""
    printed, _ = await process.communicate()
    return printed.decode().rstrip().rpartition("\n")[2]


def tell(process: Process, word: str) -> None:
    """Write a line for it to read."""
    assert process.stdin is not None
    process.stdin.write(f"{word}\n".encode())


def resident_megabytes(process: Process, what: str = "VmHWM") -> float:
    """Return the most memory that it has held so far; with "VmRSS", what it holds now."""
    status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
    found = next(line for line in status.splitlines() if line.startswith(f"{what}:"))
    return int(found.split()[1]) / 1024
