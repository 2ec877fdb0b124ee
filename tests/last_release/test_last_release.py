"""A rolling upgrade: the last release's code works on this release's schema, and this one goes on from there.

The last release's code is taken out of the history. Where the history is not at hand (a shallow clone, an archive) the
test says so and is skipped: nothing is fetched.
"""

import asyncio
import json
import os
import subprocess
import sys
import tarfile
from collections.abc import AsyncIterator, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store import SqlStore, is_current, make_engine, upgrade
from tests.store.servers import make_database, postgresql

LAST_RELEASE = "078470e67d4149902556c1f98cdfd5a64374bff0"  # renew it, in this one place, with each release
HERE = Path(__file__).parent
ROOT = HERE.parent.parent
LATE = "!!  Messages: the oldest one waits"  # since 2017: the doctor looks at the machine's own clock
AT_LEAST = 50  # the sample program has 41 pairs, and all 82 people hear something on the first day

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def last_release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the last release's code."""
    try:
        found = subprocess.run(
            ["git", "-C", str(ROOT), "archive", LAST_RELEASE, "bot", "scheduler", "manifest.yml"],
            capture_output=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError) as error:
        said = error.stderr.decode().strip() if isinstance(error, subprocess.CalledProcessError) else str(error)
        pytest.skip(f"NOT TESTED: the last release on this schema. Its code is not in the history here ({said}).")
    folder = tmp_path_factory.mktemp("last-release")
    with tarfile.open(fileobj=BytesIO(found.stdout)) as archive:
        archive.extractall(folder, filter="data")
    return folder


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with postgresql() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'tandem.sqlite3'}"
    return make_database(request.getfixturevalue("server"), "rolling")


@pytest.fixture
async def engine(database_url: str) -> AsyncIterator[AsyncEngine]:
    engine = make_engine(database_url)
    yield engine
    await engine.dispose()


async def test_the_last_release_works_on_this_schema_and_this_one_goes_on_from_there(
    last_release: Path, database_url: str, engine: AsyncEngine
) -> None:
    await upgrade(engine)

    told = await played(last_release, database_url)

    assert Path(told["code"]).is_relative_to(last_release)
    assert told["first"] >= AT_LEAST
    assert told["later"] >= AT_LEAST
    assert told["meetings"] == [45]
    assert [one for one in told["findings"] if not one.startswith(("ok  ", LATE))] == []
    assert await is_current(engine)
    async with SqlStore(engine).begin() as records:
        [workspace] = await records.workspaces()
        [program] = await records.programs(workspace.id)
        assert sum(pair.meetings for pair in await records.pairs(program.id)) == 1
        assert await records.next_due() is not None


async def played(code: Path, database_url: str) -> dict[str, Any]:
    """Run the story with that code; return what it tells."""
    running = await asyncio.create_subprocess_exec(
        sys.executable,
        *(str(HERE / "story.py"), database_url),
        cwd=code,
        env=os.environ | {"PYTHONPATH": str(code)},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    said, errors = await running.communicate()
    assert running.returncode == 0, errors.decode()
    told: dict[str, Any] = json.loads(said)
    return told
