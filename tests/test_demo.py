"""The demo goes on where the last one ended, and begins anew, kindly, where it cannot."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bot import demo
from bot.playground import Member, Playground

PORT = 8017


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the demo keeps its things: a folder of the test's own."""
    monkeypatch.setattr(demo, "user_data_path", lambda *_, **__: tmp_path)
    kept = tmp_path / f"demo-{PORT}"
    kept.mkdir()
    return kept


def laid_out() -> Playground:
    return Playground({}, [Member("U1", "maya", "Maya Okafor")])


async def plays(playground: Playground, act: Callable[[Path], object], *, anew: bool = False) -> None:
    """Let one demo begin, do something with its records' file, and end."""
    async with demo.kept_between(playground, PORT, anew=anew) as database:
        act(database)


async def test_the_next_demo_goes_on_where_the_last_one_ended(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = laid_out(), laid_out()
    await plays(first, lambda database: database.write_text("records"))

    seen: list[str] = []
    await plays(second, lambda database: seen.append(database.read_text()))

    assert seen == ["records"]
    assert second.clock.now() == first.clock.now()
    assert "Going on from" in capsys.readouterr().out


@pytest.mark.parametrize("kept", ['{"now": "2017-06-01T14:00:00+00:00", "people": {}}', "{", '{"version": 1}'])
async def test_what_another_release_kept_is_put_aside_with_its_records(
    folder: Path, capsys: pytest.CaptureFixture[str], kept: str
) -> None:
    (folder / "conversations.json").write_text(kept)
    (folder / "tandem.sqlite3").write_text("old records")

    there: list[bool] = []
    await plays(laid_out(), lambda database: there.append(database.exists()))

    assert there == [False]
    assert "kept by another release, so this one begins anew" in capsys.readouterr().out
    assert json.loads((folder / "conversations.json").read_text())["version"] == 2


async def test_a_fresh_demo_asks_nobody(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    await plays(laid_out(), lambda database: database.write_text("records"))

    there: list[bool] = []
    await plays(laid_out(), lambda database: there.append(database.exists()), anew=True)

    assert there == [False]
    assert capsys.readouterr().out == ""


async def test_a_slack_that_breaks_on_purpose_says_so_and_its_clock_runs(capsys: pytest.CaptureFixture[str]) -> None:
    async with laid_out() as playground:
        async with demo.broken(playground, 0.05, seed=7):
            assert "about 5.0% of all calls and deliveries (seed 7)" in capsys.readouterr().out
            assert playground.pace.speed == 60
            assert {fault.method for fault in playground.faults} == {"*", "slash_commands", "interactive", "events_api"}

        assert playground.faults == []


async def test_without_faults_nothing_breaks_and_the_clock_stands(capsys: pytest.CaptureFixture[str]) -> None:
    async with laid_out() as playground, demo.broken(playground, 0.0, seed=0):
        assert playground.faults == []
        assert playground.pace.speed == 0
        assert capsys.readouterr().out == ""
