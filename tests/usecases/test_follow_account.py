"""Follow an account: who leaves hears nothing any more; who comes back does."""

from datetime import timedelta

from bot.domain.people import Person
from bot.usecases.follow_account import follow_account
from tests.usecases.conftest import Setting


async def somebody(setting: Setting, slack_id: str = "U0MAYA") -> tuple[str, Person]:
    async with setting.world.store.begin() as records:
        workspace = (await records.workspace("T0TANDEM")).id
        person = await records.person_of_slack_user(workspace, slack_id)
    assert person is not None
    return workspace, person


async def test_who_has_left_is_not_written_to_and_the_partner_is(setting: Setting) -> None:
    workspace, _ = await somebody(setting)

    assert await follow_account(setting.world, workspace, "U0MAYA", gone=True)

    assert (await somebody(setting))[1].unreachable == "deactivated"
    assert await setting.told("maya", within=timedelta(days=20)) == []
    assert await setting.told("tom") != []


async def test_who_comes_back_is_written_to_again(setting: Setting) -> None:
    workspace, _ = await somebody(setting)
    await follow_account(setting.world, workspace, "U0MAYA", gone=True)

    assert await follow_account(setting.world, workspace, "U0MAYA", gone=False)

    assert (await somebody(setting))[1].unreachable == ""
    assert await setting.told("maya", within=timedelta(days=20)) != []


async def test_a_change_of_anything_else_changes_nothing(setting: Setting) -> None:
    workspace, maya = await somebody(setting)

    assert not await follow_account(setting.world, workspace, "U0MAYA", gone=False)
    assert not await follow_account(setting.world, workspace, "U0STRANGER", gone=True)

    assert (await somebody(setting))[1] == maya


async def test_leaving_twice_is_leaving_once(setting: Setting) -> None:
    workspace, _ = await somebody(setting)

    assert await follow_account(setting.world, workspace, "U0MAYA", gone=True)
    assert not await follow_account(setting.world, workspace, "U0MAYA", gone=True)


async def test_who_cannot_be_reached_for_another_reason_stays_so_at_a_new_status(setting: Setting) -> None:
    workspace, maya = await somebody(setting)
    async with setting.world.store.begin() as records:
        await records.mark_unreachable(maya.id, "cannot_dm_bot", setting.now)

    assert not await follow_account(setting.world, workspace, "U0MAYA", gone=False)

    assert (await somebody(setting))[1].unreachable == "cannot_dm_bot"
