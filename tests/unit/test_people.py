"""Users, passwords and the command that looks after them."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli import main
from pipeline.people import passwords
from pipeline.people.accounts import Accounts
from pipeline.people.database import NAME, Database
from pipeline.people.person import Role, WrongNameError, clean_name, folded

GOOD = "mật khẩu dễ nhớ"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2 with the least of time and memory."""
    from argon2 import PasswordHasher

    monkeypatch.setattr(passwords, "_hasher", lambda: PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


def users(folder: Path, *arguments: str, password: str = GOOD) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["users", *arguments, "--out", str(folder)], input=f"{password}\n{password}\n")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def test_a_user_from_beginning_to_end(tmp_path: Path) -> None:
    assert users(tmp_path, "add", "Nguyễn  Thị Hoa", "--role", "administrator")[0] == 0
    assert users(tmp_path, "add", "Bình", "--stdin")[0] == 0
    assert users(tmp_path, "add", "Proxy", "--role", "viewer", "--without-password")[0] == 0
    _, listed = users(tmp_path, "list")
    assert [line.split("  seen")[0].split(maxsplit=1) for line in listed.splitlines()] == [
        ["reviewer", "Bình"], ["administrator", "Nguyễn Thị Hoa"], ["viewer", "Proxy"],
    ]  # fmt: skip
    assert "by proxy only" in listed
    assert users(tmp_path, "role", "bình", "viewer")[0] == 0
    assert users(tmp_path, "remove", "Bình")[0] == 0
    accounts = Accounts(Database(tmp_path))
    assert [account.name for account in accounts.all()] == ["Nguyễn Thị Hoa", "Proxy"]
    assert accounts.knows("nguyễn thị hoa", GOOD) is not None
    assert accounts.knows("Proxy", "") is None
    assert (tmp_path / NAME).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(("arguments", "password", "told"), [
    (["add", "Hoa"], GOOD, "there is a user named Hoa already"),
    (["add", "HOA"], GOOD, "there is a user named HOA already"),
    (["add", "Lan"], "ngắn", "10 to 1000 characters"),
    (["add", "Lan"], "aaaaaaaaaaaa", "too easy to guess"),
    (["add", "Nguyễn Thị Lan"], "nguyễn thị lan", "too easy to guess"),
    (["add", " "], GOOD, "a name is needed"),
    (["remove", "Hoa"], "", "Hoa is the last administrator"),
    (["role", "Hoa", "viewer"], "", "Hoa is the last administrator"),
    (["remove", "Lan"], "", "there is no user named Lan"),
    (["password", "Lan"], GOOD, "there is no user named Lan"),
])  # fmt: skip
def test_what_cannot_be_done_is_said_with_a_hint(
    tmp_path: Path, arguments: list[str], password: str, told: str
) -> None:
    users(tmp_path, "add", "Hoa", "--role", "administrator")
    code, said = users(tmp_path, *arguments, password=password)
    assert code == 2
    assert told in said
    assert "Hint: " in said


def test_the_password_is_neither_shown_nor_an_argument(tmp_path: Path) -> None:
    assert GOOD not in users(tmp_path, "add", "Hoa")[1]
    assert CliRunner().invoke(main, ["users", "add", "Hoa", GOOD]).exit_code == 2


def test_a_password_typed_in_either_form_is_the_same() -> None:
    kept = passwords.hashed(unicodedata.normalize("NFD", GOOD), "Hoa")
    assert passwords.matches(kept, GOOD)
    assert not passwords.matches(kept, GOOD + " ")
    assert not passwords.matches(None, GOOD)
    assert not passwords.matches("no hash", GOOD)


def test_passwords_are_hashed_as_rfc_9106_recommends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert passwords.hashed(GOOD, "Hoa").startswith("$argon2id$v=19$m=65536,t=3,p=4$")


@pytest.mark.parametrize(("given", "kept"), [
    ("  Nguyễn\tThị  Hoa ", "Nguyễn Thị Hoa"), (unicodedata.normalize("NFD", "Bình"), "Bình"), ("x" * 64, "x" * 64),
])  # fmt: skip
def test_names(given: str, kept: str) -> None:
    assert clean_name(given) == kept
    assert folded(kept.upper()) == folded(kept)


@pytest.mark.parametrize("given", ["", "\n", "x" * 65, "Hoa\u200b", "\u202eaoH", "a\x00b", "\ud800"])
def test_what_is_no_name(given: str) -> None:
    with pytest.raises(WrongNameError):
        clean_name(given)


@pytest.mark.parametrize(("role", "decides", "administers"), [
    (Role.VIEWER, False, False), (Role.REVIEWER, True, False), (Role.ADMINISTRATOR, True, True),
])  # fmt: skip
def test_roles(role: Role, decides: bool, administers: bool) -> None:
    assert (role.may_decide, role.may_administer) == (decides, administers)


@pytest.mark.parametrize(("arguments", "told"), [
    (["--host", "0.0.0.0", "--name", "figures.example"], "there are no users yet"),
    (["--name", "figures.example"], "there are no users yet"),
    (["--login-header", "X-Remote-User"], "needs the address of the proxy"),
    (["--login-header", "X-Remote-User", "--trusted-proxy", "127.0.0.1"], "there are no users yet"),
    (["--trusted-proxy", "proxy.example"], "--trusted-proxy"),
    (["--reviewer", " "], "--reviewer: a name is needed"),
])  # fmt: skip
def test_a_server_that_others_reach_needs_users(tmp_path: Path, arguments: list[str], told: str) -> None:
    result = CliRunner().invoke(main, ["serve", "--out", str(tmp_path), "--port", "0", *arguments])
    assert result.exit_code == 2
    assert told in result.output
    assert "Hint: " in result.output


def test_who_has_users_has_no_name_for_all(tmp_path: Path) -> None:
    users(tmp_path, "add", "Hoa", "--role", "administrator")
    result = CliRunner().invoke(main, ["serve", "--out", str(tmp_path), "--port", "0", "--reviewer", "Lan"])
    assert (result.exit_code, "each reviews under their own name" in result.output) == (2, True)


@pytest.mark.parametrize("arguments", [["users", "list"], ["serve", "--port", "0"]])
def test_a_file_that_is_no_database_is_said(tmp_path: Path, arguments: list[str]) -> None:
    (tmp_path / NAME).write_text("no database at all, but long enough to be taken for one" * 30)
    result = CliRunner().invoke(main, [*arguments, "--out", str(tmp_path)])
    assert (result.exit_code, f"{NAME} cannot be used" in result.output) == (2, True), result.output
