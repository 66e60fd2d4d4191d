"""What the review refuses: forms from elsewhere, planted sessions, guessed passwords, roles that may not."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from people import BASE, PASSWORDS, Browser, browser, with_users

from pipeline.model.review import DecisionKind
from pipeline.people.accounts import By
from pipeline.people.database import Database
from pipeline.people.person import Role
from pipeline.people.sessions import csrf_token
from pipeline.people.throttle import PER_ADDRESS, PER_NAME_AND_ADDRESS
from pipeline.review.deciding import Hand, decide
from pipeline.review.journal import JOURNAL_NAME, Journal, now
from pipeline.review.plan import Assignment, Plan, Sample
from pipeline.store.reading import read_rows
from pipeline.store.tables import DOCUMENTS, OBSERVATIONS
from pipeline.web.people.doors import Doors, People
from pipeline.web.people.gate import FOR_EVERYBODY, LARGEST
from tests.web.conftest import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser as Chromium


class Hands:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def people(tmp_path: Path, cheap_passwords: None) -> Iterator[People]:
    people = with_users(tmp_path)
    yield people
    people.database.close()


@pytest.fixture
def shown(empty_dataset: Path, people: People) -> Browser:
    """A server with users, and a browser that nobody has logged in at."""
    return browser(empty_dataset, Doors(people))


@pytest.fixture
def here(empty_dataset: Path) -> Browser:
    """A server for this machine alone."""
    return browser(empty_dataset, Doors())


def test_the_right_password_lets_in(shown: Browser) -> None:
    answer = shown.log_in(Role.REVIEWER, next="/facts?year=2021")
    assert (answer.status_code, answer.headers["location"]) == (303, "/facts?year=2021")
    assert shown.get("/facts").status_code == 200
    assert "Cô reviewer" in shown.get("/").text


@pytest.mark.parametrize(("name", "password"), [
    ("Cô reviewer", "sai mật khẩu rồi"), ("Cô reviewer", ""), ("Cô nobody", PASSWORDS[Role.REVIEWER]), ("", ""),
    ("Cô reviewer' OR 1=1 --", "x" * 12), ("Cô reviewer", "x" * 100_000),
])  # fmt: skip
def test_a_wrong_password_does_not(shown: Browser, name: str, password: str) -> None:
    assert shown.post("/review/login", {"name": name, "password": password}).status_code == 403
    assert shown.get("/facts").status_code == 303


@pytest.mark.parametrize(("path", "status"), [
    ("/", 303), ("/review", 303), ("/documents", 303), ("/api/observations", 401), ("/documents/x/original", 303),
    ("/static/x/base.css", 200), ("/health", 200), ("/review/login", 200),
])  # fmt: skip
def test_without_a_login_nothing_is_shown(shown: Browser, path: str, status: int) -> None:
    answer = shown.get(path)
    assert answer.status_code == status
    if status == 303:
        assert answer.headers["location"] == f"/review/login?next={quote(path, safe='')}"


def test_reading_can_be_open_and_the_review_is_not(empty_dataset: Path, people: People) -> None:
    shown = browser(empty_dataset, Doors(people, open_reading=True))
    assert shown.get("/facts").status_code == 200
    assert shown.get("/review/password").status_code == 303


@pytest.mark.parametrize("headers", [
    {"origin": "https://evil.example"}, {"origin": "null"}, {"origin": "http://127.0.0.1:9000"},
    {"origin": "http://127.0.0.1.evil.example:8765"}, {"sec_fetch_site": "cross-site"}, {"sec_fetch_site": "same-site"},
    {"sec_fetch_site": "none"},
])  # fmt: skip
def test_a_form_from_elsewhere_is_refused(here: Browser, headers: dict[str, str]) -> None:
    assert here.post("/review/login", {"name": "Hoa"}, **headers).status_code == 403


@pytest.mark.parametrize("token", ["", "0" * 64, "x", "é", csrf_token("another browser"), csrf_token("")])
def test_a_form_without_its_browsers_token_is_refused(here: Browser, token: str) -> None:
    assert here.post("/review/login", {"name": "Hoa", "csrf": token}).status_code == 403
    assert here.post("/review/login", {"name": "Hoa"}).status_code == 303, "with it, it is not"


def test_a_token_without_the_browsers_cookie_is_refused(here: Browser) -> None:
    token = here.token()
    here.client.cookies.clear()
    answer = here.client.post("/review/login", data={"name": "Hoa", "csrf": token}, headers={"origin": BASE})
    assert answer.status_code == 403


def test_a_script_sends_the_token_in_a_header(here: Browser) -> None:
    token = here.token()
    for sent, status in ((token, 303), ("0" * 64, 403)):
        answer = here.client.post("/review/login", data={"name": "Hoa"}, headers={"x-csrf-token": sent})
        assert answer.status_code == status


def test_a_planted_session_is_worth_nothing_after_the_login(shown: Browser) -> None:
    shown.client.cookies.set("solieu-8765", "planted", domain="127.0.0.1")
    assert shown.get("/").status_code == 303
    shown.post(
        "/review/login", {"name": "Cô viewer", "password": PASSWORDS[Role.VIEWER], "csrf": csrf_token("planted")}
    )
    assert shown.get("/").status_code == 200
    attacker = Browser(shown.client)
    attacker.client.cookies.clear()
    attacker.client.cookies.set("solieu-8765", "planted", domain="127.0.0.1")
    assert attacker.get("/").status_code == 303


def test_sessions_end(empty_dataset: Path, tmp_path: Path, cheap_passwords: None) -> None:
    hands = Hands()
    people = People(Database(tmp_path, hands))
    people.accounts.add("Hoa", Role.REVIEWER, "một câu ngắn dễ nhớ", By("test"))
    shown = browser(empty_dataset, Doors(people))

    def log_in() -> None:
        assert shown.post("/review/login", {"name": "hoa", "password": "một câu ngắn dễ nhớ"}).status_code == 303
        assert shown.get("/").status_code == 200

    log_in()
    hands.now += timedelta(hours=13)
    assert shown.get("/").status_code == 303, "idle for too long"
    log_in()
    for _ in range(16):
        assert shown.get("/").status_code == 200
        hands.now += timedelta(hours=11)
    assert shown.get("/").status_code == 303, "a week is the longest"
    log_in()
    people.accounts.set_password("Hoa", "một câu khác hẳn", By("test"))
    assert shown.get("/").status_code == 303, "another password"
    people.accounts.set_password("Hoa", "một câu ngắn dễ nhớ", By("test"))
    log_in()
    people.accounts.add("Bình", Role.ADMINISTRATOR, None, By("test"))
    people.accounts.remove("Hoa", By("test"))
    assert shown.get("/").status_code == 303, "removed"


def test_logging_out_ends_the_session_at_the_server(shown: Browser) -> None:
    shown.log_in(Role.REVIEWER)
    kept = shown.client.cookies["solieu-8765"]
    assert shown.post("/review/logout", {}).status_code == 303
    shown.client.cookies.set("solieu-8765", kept, domain="127.0.0.1")
    assert shown.get("/").status_code == 303


def test_the_cookie_is_for_requests_alone(empty_dataset: Path, people: People) -> None:
    def cookie(doors: Doors, **headers: str) -> str:
        return browser(empty_dataset, doors, "10.0.0.5").get("/review/login", **headers).headers["set-cookie"]

    plain = cookie(Doors(people))
    assert plain.startswith("solieu-8765=")
    assert plain.endswith("; Path=/; HttpOnly; SameSite=Lax")
    proxied = cookie(Doors(people, proxies=(ip_network("10.0.0.5"),)), x_forwarded_proto="https")
    assert proxied.startswith("__Host-solieu-8765=")
    assert proxied.endswith("; Secure")
    assert cookie(Doors(people), x_forwarded_proto="https").startswith("solieu-8765="), "the word of nobody"


def test_nothing_that_lets_in_is_in_the_file(shown: Browser, people: People) -> None:
    shown.log_in(Role.REVIEWER)
    token = shown.client.cookies["solieu-8765"]
    people.database.close()
    kept = people.database.path.read_bytes()
    assert token.encode() not in kept
    assert PASSWORDS[Role.REVIEWER].encode() not in kept
    assert b"$argon2id$" in kept
    assert people.database.path.stat().st_mode & 0o777 == 0o600


def test_guessing_is_slow(shown: Browser) -> None:
    wrong = [shown.log_in(Role.REVIEWER, password="sai").status_code for _ in range(PER_NAME_AND_ADDRESS + 1)]
    assert wrong == [403] * PER_NAME_AND_ADDRESS + [429]
    assert shown.log_in(Role.REVIEWER).status_code == 429, "the right password does not help now"
    assert shown.log_in(Role.VIEWER).status_code == 303, "others are not locked out"


def test_guessing_many_names_is_slow_too(people: People) -> None:
    tries = [people.throttle.admits(f"name {number}", "10.9.9.9") for number in range(PER_ADDRESS + 1)]
    assert tries == [True] * PER_ADDRESS + [False]
    assert people.throttle.admits("Cô viewer", "10.9.9.8")


def test_an_office_behind_one_address_can_log_in(people: People) -> None:
    for number in range(2 * PER_ADDRESS):
        assert people.throttle.admits(f"name {number}", "10.9.9.9")
        people.throttle.forget(f"name {number}", "10.9.9.9")
    tries = [people.throttle.admits("Cô viewer", "10.9.9.9") for _ in range(PER_NAME_AND_ADDRESS + 1)]
    assert tries == [True] * PER_NAME_AND_ADDRESS + [False], "guesses count all the same"


HEADER = "x-remote-user"


@pytest.mark.parametrize(("address", "name", "status"), [
    ("10.0.0.5", "Cô reviewer", 200), ("10.0.0.5", "cô REVIEWER", 200), ("10.0.0.5", "Cô nobody", 303),
    ("10.0.0.5", "", 303), ("10.0.0.6", "Cô reviewer", 303), ("127.0.0.1", "Cô administrator", 303),
])  # fmt: skip
def test_only_the_proxy_is_believed(empty_dataset: Path, people: People, address: str, name: str, status: int) -> None:
    doors = Doors(people, header=HEADER, proxies=(ip_network("10.0.0.5/32"),))
    shown = browser(empty_dataset, doors, address)
    assert shown.client.get("/facts", headers={
        b"accept": b"text/html", b"x-remote-user": name.encode(), b"x-forwarded-for": b"10.0.0.5"
    }).status_code == status  # fmt: skip


def test_who_comes_by_a_proxy_is_logged_once_a_day(empty_dataset: Path, people: People) -> None:
    doors = Doors(people, header=HEADER, proxies=(ip_network("10.0.0.5"),))
    shown = browser(empty_dataset, doors, "10.0.0.5")
    for _ in range(3):
        headers = {b"accept": b"text/html", b"x-remote-user": "Cô viewer".encode(), b"x-forwarded-for": b"203.0.113.7"}
        assert shown.client.get("/facts", headers=headers).status_code == 200
    logins = [event for event in people.events.all() if event.what == "login"]
    assert [(event.who, event.about, event.address) for event in logins] == [("Cô viewer", "proxy", "203.0.113.7")]


def test_a_name_given_at_this_machine_can_be_changed(here: Browser) -> None:
    here.post("/review/login", {"name": "Hoa"})
    assert "Hoa" in here.get("/review").text
    assert here.post("/review/logout", {}).status_code == 303
    assert here.get("/review").status_code == 303
    here.post("/review/login", {"name": "Bình"})
    assert "Bình" in here.get("/review").text


def test_two_names_of_a_proxy_are_none(empty_dataset: Path, people: People) -> None:
    doors = Doors(people, header=HEADER, proxies=(ip_network("10.0.0.5"),))
    both = [(b"accept", b"text/html"), (b"x-remote-user", b"x"), (b"x-remote-user", "Cô reviewer".encode())]
    assert browser(empty_dataset, doors, "10.0.0.5").client.get("/facts", headers=both).status_code == 303  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "onward",
    ["https://evil.example", "//evil.example", "/\\evil.example", "\\\\evil", "javascript:alert(1)", "/\t/evil", ""],
)
def test_a_login_leads_nowhere_else(here: Browser, onward: str) -> None:
    answer = here.post("/review/login", {"name": "Hoa", "next": onward})
    assert (answer.status_code, answer.headers["location"]) == (303, "/review")


@pytest.mark.parametrize(
    "path", ["/", "/facts", "/api/observations", "/documents/x", "/review", "/reviewed/x", "/data"]
)
def test_elsewhere_nothing_can_be_posted(here: Browser, path: str) -> None:
    assert here.post(path, {}).status_code == 405


def test_a_server_to_read_has_no_review(empty_dataset: Path) -> None:
    shown = browser(empty_dataset, Doors(read_only=True))
    assert shown.get("/review/login").status_code == 404
    assert shown.client.post("/review/login", data={"name": "Hoa"}).status_code == 405
    assert shown.get("/facts").status_code == 200


def test_too_much_is_refused(here: Browser) -> None:
    assert here.post("/review/login", {"name": "x" * LARGEST}).status_code == 413


def test_a_name_is_text(here: Browser) -> None:
    evil = "<script>window.hacked = 1</script>"
    assert here.post("/review/login", {"name": evil}).status_code == 303
    page = here.get("/review/login").text
    assert "&lt;script&gt;window.hacked" in page
    assert "<script>window" not in page


@pytest.mark.parametrize("name", ["", " ", "x" * 65, "Hoa\u202e", "Hoa\x00"])
def test_names_that_cannot_be_told_apart_are_refused(here: Browser, name: str) -> None:
    assert here.post("/review/login", {"name": name}).status_code == 400


def test_a_name_given_at_this_machine_is_no_login(empty_dataset: Path, people: People, here: Browser) -> None:
    here.post("/review/login", {"name": "Cô administrator"})
    shown = browser(empty_dataset, Doors(people))
    shown.client.cookies = here.client.cookies
    assert shown.get("/facts").status_code == 303


@pytest.mark.parametrize("header", ["x_forwarded_for", "forwarded", "x_real_ip", "via", "x_forwarded_host"])
def test_who_comes_through_a_proxy_is_not_at_this_machine(empty_dataset: Path, header: str) -> None:
    """A proxy in front of a server that was meant for one machine opens no review."""
    shown = browser(empty_dataset, Doors(reviewer="Hoa"))
    assert shown.get("/review/work").status_code == 200
    assert shown.get("/review/work", **{header: "10.1.2.3"}).status_code == 303
    assert shown.post("/review/assign", {"to": "Hoa"}, **{header: "10.1.2.3"}).status_code == 401


def test_the_log_is_only_ever_added_to(shown: Browser, people: People) -> None:
    shown.log_in(Role.VIEWER, password="sai")
    shown.log_in(Role.VIEWER)
    told = [(event.who, event.what) for event in people.events.all()][:2]
    assert told == [("Cô viewer", "login"), ("Cô viewer", "refused")]
    for change in ("UPDATE events SET who = 'x'", "DELETE FROM events"):
        with sqlite3.connect(people.database.path) as db, pytest.raises(sqlite3.IntegrityError):
            db.execute(change)


EVIL = '"\'><img src=x onerror="window.hacked = 1"><script>window.hacked = 1</script>'


@pytest.mark.web
@pytest.mark.xdist_group("web")
def test_what_people_and_documents_say_is_text_in_a_browser(dataset: Path, tmp_path: Path, browser: Chromium) -> None:
    """Markup in the text of a document, in names, notes, samples and filters: shown, never run."""
    folder = tmp_path / "dataset"
    shutil.copytree(dataset, folder)
    documents = {row["doc_id"]: row for rows in read_rows(folder, DOCUMENTS) for row in rows}
    hostile = next(doc_id for doc_id, row in documents.items() if "onerror" in str(row["path"]))
    facts = [row for rows in read_rows(folder, OBSERVATIONS) for row in rows if row["doc_id"] == hostile]
    assert facts
    with Journal(folder / JOURNAL_NAME) as journal:
        for name in (EVIL, "Lan"):
            kind = DecisionKind.REJECT if name == EVIL else DecisionKind.ACCEPT
            journal.append(decide(kind, Hand(name[:64], None), facts[0], documents[hostile], {}, EVIL))
    plan = Plan(folder)
    plan.add_sample(Sample(EVIL, "simple", 1, EVIL, EVIL, now()), {facts[0]["obs_id"]: ""}, {"": 1})
    plan.assign(Assignment("Lan", sample=EVIL, assigned_by=EVIL, at=now()))
    with served(folder) as address, browser.new_context() as context:
        page = context.new_page()
        troubles: list[str] = []
        page.on("console", lambda said: troubles.append(said.text) if "Security Policy" in said.text else None)
        page.goto(f"{address}/review/login?next={quote(EVIL)}")
        page.fill(".door [name=name]", EVIL[:64])
        page.click(".door button")
        fact = f"/review/{facts[0]['obs_id']}"
        evil = quote(EVIL)
        for path in (
            "/review", f"/review?document={hostile}", f"/review?sample={evil}", fact, f"{fact}?state=any",
            f"{fact}?words={evil}", f"{fact}/note", "/review/log", "/review/trust", f"/review/trust?sample={evil}",
            "/review/work", f"/review/work?document={evil}",
        ):  # fmt: skip
            page.goto(address + path)
            assert page.evaluate("window.hacked") is None, path
            assert page.locator("img[src=x], script:not([src])").count() == 0, path
        assert troubles == [], "not even the content policy had to step in"
        page.goto(f"{address}/review/log")
        assert EVIL in page.locator("main").inner_text(), "it is there, as text"


@pytest.mark.parametrize("path", [
    "/review/..%2f..%2fetc%2fpasswd", "/review/%2e%2e/%2e%2e/etc/passwd", "/review/x/../../people.sqlite",
    "/review/people.sqlite", "/people.sqlite", "/documents/../people.sqlite/original", "/review/x%00y",
    "/review/reviews.sqlite",
])  # fmt: skip
def test_paths_lead_to_no_file(here: Browser, path: str) -> None:
    here.post("/review/login", {"name": "Hoa"})
    answer = here.get(path)
    assert answer.status_code == 404
    assert b"SQLite format" not in answer.content
    assert "root:" not in answer.text


@pytest.mark.parametrize(
    "path", ["//review/log", "/REVIEW/log", "/review%2flog", "/%72eview/log", "/review/./log", "/./review/log"]
)
def test_no_spelling_of_an_address_passes_the_gate(shown: Browser, path: str) -> None:
    assert shown.get(path).status_code in (303, 404)
    shown.log_in(Role.VIEWER)
    assert shown.get(path).status_code in (403, 404)


def posted(router: Any) -> Iterator[str]:
    """The paths that a router, or one that it holds, takes POST at."""
    for route in router.routes:
        if hasattr(route, "original_router"):
            yield from posted(route.original_router)
        elif "POST" in (getattr(route, "methods", None) or ()):
            yield route.path


def test_every_route_that_changes_something_is_guarded(shown: Browser) -> None:
    """Whatever POST route there is or will be: refused without a token, and to a viewer with one."""
    addresses = [re.sub(r"\{\w+\}", "x", path) for path in posted(shown.client.app)]
    assert len(addresses) >= 12
    shown.log_in(Role.VIEWER)
    for address in addresses:
        assert address.startswith("/review/")
        assert shown.post(address, {"csrf": ""}).status_code == 403, address
        if address not in FOR_EVERYBODY:
            assert shown.post(address, {}).status_code == 403, address
