"""Copies of the records: made while somebody writes, refused where they would do harm, and put back."""

import sqlite3
from pathlib import Path

import pytest

from bot.store import SqlStore, make_engine, upgrade
from bot.store.backup import NoCopy, back_up, look_at, put_back, records_file
from bot.store.soundness import doubts
from tests.store.cast import NOW


async def records_in(file: Path, *team_ids: str) -> None:
    """Make a database with these workspaces, or add them."""
    engine = make_engine(f"sqlite:///{file}")
    await upgrade(engine)
    async with SqlStore(engine).begin() as records:
        for team_id in team_ids:
            await records.workspace(team_id)
    await engine.dispose()


def teams(file: Path) -> set[str]:
    database = sqlite3.connect(file)
    found = {row[0] for row in database.execute("SELECT team_id FROM workspaces")}
    database.close()
    return found


async def test_a_copy_holds_what_was_committed_and_not_what_is_under_way(tmp_path: Path) -> None:
    live, copy = tmp_path / "live.db", tmp_path / "copy.db"
    await records_in(live, "T1")
    engine = make_engine(f"sqlite:///{live}")
    async with SqlStore(engine).begin() as records:
        await records.workspace("T2")
        back_up(live, copy)
    await engine.dispose()

    assert teams(copy) == {"T1"}
    assert teams(live) == {"T1", "T2"}


async def test_a_copy_is_one_file_that_only_its_owner_reads(tmp_path: Path) -> None:
    await records_in(tmp_path / "live.db", "T1")
    (tmp_path / "copies").mkdir()

    back_up(tmp_path / "live.db", tmp_path / "copies" / "copy.db")

    assert [file.name for file in (tmp_path / "copies").iterdir()] == ["copy.db"]
    assert (tmp_path / "copies" / "copy.db").stat().st_mode & 0o777 == 0o600


async def test_a_copy_never_takes_the_place_of_another_file(tmp_path: Path) -> None:
    await records_in(tmp_path / "live.db")
    (tmp_path / "notes.txt").write_text("mine")

    with pytest.raises(NoCopy, match="exists already"):
        back_up(tmp_path / "live.db", tmp_path / "notes.txt")
    with pytest.raises(NoCopy, match="exists already"):
        back_up(tmp_path / "live.db", tmp_path / "live.db")

    assert (tmp_path / "notes.txt").read_text() == "mine"


async def test_a_copy_that_cannot_be_made_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(NoCopy, match="no such file"):
        back_up(tmp_path / "nowhere.db", tmp_path / "copy.db")
    (tmp_path / "words.db").write_text("these are no records, only a page of words\n" * 30)
    with pytest.raises(NoCopy, match="not a database"):
        back_up(tmp_path / "words.db", tmp_path / "copy.db")

    assert not (tmp_path / "copy.db").exists()
    assert not (tmp_path / "copy.db.part").exists()


async def test_what_is_put_back_takes_the_place_and_the_replaced_is_kept(tmp_path: Path) -> None:
    live, copy = tmp_path / "live.db", tmp_path / "copy.db"
    await records_in(live, "T1")
    back_up(live, copy)
    await records_in(live, "T2")

    aside = put_back(copy, live, NOW)

    assert teams(live) == teams(copy) == {"T1"}
    assert aside is not None
    assert teams(aside) == {"T1", "T2"}
    await records_in(live, "T3")  # and it is used as before


async def test_a_copy_is_prepared_before_it_takes_the_place_or_does_not_take_it(tmp_path: Path) -> None:
    live, copy = tmp_path / "live.db", tmp_path / "copy.db"
    await records_in(live, "T1")
    back_up(live, copy)
    await records_in(live, "T2")

    def prepare(file: Path) -> None:
        assert (teams(file), teams(copy)) == ({"T1"}, {"T1"})
        raise LookupError

    with pytest.raises(LookupError):
        put_back(copy, live, NOW, prepare)

    assert teams(live) == {"T1", "T2"}
    assert not (tmp_path / "live.db.restoring").exists()


async def test_records_that_are_gone_or_damaged_are_put_back_too(tmp_path: Path) -> None:
    live, copy = tmp_path / "folder" / "live.db", tmp_path / "copy.db"
    await records_in(tmp_path / "first.db", "T1")
    back_up(tmp_path / "first.db", copy)

    assert put_back(copy, live, NOW) is None
    live.write_bytes(b"\0" * 50_000)
    aside = put_back(copy, live, NOW)

    assert teams(live) == {"T1"}
    assert aside is not None
    assert aside.read_bytes() == b"\0" * 50_000


async def test_nothing_is_put_back_while_somebody_has_the_records_open_though_they_do_nothing(tmp_path: Path) -> None:
    live, copy = tmp_path / "live.db", tmp_path / "copy.db"
    await records_in(live, "T1")
    back_up(live, copy)
    await records_in(live, "T2")
    engine = make_engine(f"sqlite:///{live}")
    async with SqlStore(engine).begin() as records:
        await records.workspaces()

    with pytest.raises(NoCopy, match="stop it first"):
        put_back(copy, live, NOW)

    async with SqlStore(engine).begin() as records:
        await records.workspace("T3")
    await engine.dispose()
    assert teams(live) == {"T1", "T2", "T3"}
    assert put_back(copy, live, NOW) is not None


async def test_what_is_no_copy_of_records_is_refused(tmp_path: Path) -> None:
    live, other, newer = tmp_path / "live.db", tmp_path / "other.db", tmp_path / "newer.db"
    await records_in(live, "T1")
    await records_in(newer)
    for file, statement in (
        (other, "CREATE TABLE cats (name TEXT)"),
        (newer, "UPDATE alembic_version SET version_num = '9999'"),
    ):
        database = sqlite3.connect(file, isolation_level=None)
        database.execute(statement)
        database.close()
    (tmp_path / "words.txt").write_text("words")

    for copy, said in (
        (other, "is no copy of Tandem's records"),
        (newer, "made by a newer release"),
        (tmp_path / "words.txt", "is no copy of Tandem's records"),
        (tmp_path / "nowhere.db", "no such file"),
        (live, "the file of the records itself"),
    ):
        with pytest.raises(NoCopy, match=said):
            put_back(copy, live, NOW)

    assert teams(live) == {"T1"}


async def test_a_damaged_copy_is_found_out(tmp_path: Path) -> None:
    await records_in(tmp_path / "live.db", "T1")
    back_up(tmp_path / "live.db", tmp_path / "copy.db")
    whole = (tmp_path / "copy.db").read_bytes()
    (tmp_path / "copy.db").write_bytes(whole[:8192] + b"\xff" * 4096 + whole[12288:])

    with pytest.raises(NoCopy, match=r"is damaged|no copy"):
        look_at(tmp_path / "copy.db")


def test_elsewhere_the_right_tool_is_named() -> None:
    with pytest.raises(NoCopy, match="PostgreSQL, which brings its own tool for this: pg_dump FILE"):
        records_file("postgresql://ada@db/tandem", "pg_dump FILE")
    with pytest.raises(NoCopy, match="in memory only"):
        records_file("sqlite://", "pg_dump FILE")

    assert records_file("sqlite:////var/lib/tandem.db", "pg_dump FILE") == Path("/var/lib/tandem.db")


@pytest.mark.parametrize(
    ("version", "said"),
    [
        ((3, 40, 1), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 50, 7), False),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((3, 54, 0), False),
    ],
)
def test_a_sqlite_that_two_processes_should_not_share_is_told(
    version: tuple[int, int, int], said: bool, tmp_path: Path
) -> None:
    found = list(doubts(f"sqlite:///{tmp_path}/t.db", version, tmp_path / "no mounts"))

    assert [doubt.at_once for doubt in found] == [False] * said
    assert list(doubts("postgresql://ada@db/tandem", version)) == list(doubts("sqlite://", version)) == []


def test_a_network_file_system_is_told(tmp_path: Path) -> None:
    (tmp_path / "mounts").write_text(
        "/dev/a / ext4 rw 0 0\n"
        "server:/home /mnt/team\\040files nfs4 rw 0 0\n"
        "/dev/b /mnt/team\\040files/own ext4 rw 0 0\n"
    )

    def found(file: str) -> list[str]:
        return [doubt.sentence for doubt in doubts(f"sqlite:///{file}", (3, 54, 0), tmp_path / "mounts")]

    assert found("/srv/tandem.db") == found("/mnt/team files/own/tandem.db") == found("/mnt/team/tandem.db") == []
    [sentence] = found("/mnt/team files/tandem.db")
    assert "network file system (nfs4)" in sentence
