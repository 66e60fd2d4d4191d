"""The pages of trust, samples, assignments and the log: their figures, and who may do what."""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from people import Browser, browser, with_users
from running import solieu_here

from pipeline.model.review import DecisionKind
from pipeline.people.person import Role
from pipeline.review.deciding import Hand, decide
from pipeline.review.intervals import share
from pipeline.review.journal import JOURNAL_NAME, Journal
from pipeline.review.plan import Plan
from pipeline.review.sampling import simple, twice
from pipeline.store.reading import read_rows
from pipeline.store.tables import DOCUMENTS, OBSERVATIONS
from pipeline.web.archive import Archive
from pipeline.web.people.doors import Doors, People

LAN, BINH = "Lan", "Bình"


class Reviewed:
    """A copy of the dataset with users, and a hand that decides about its facts."""

    def __init__(self, dataset: Path, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(dataset, folder, dirs_exist_ok=True)
        self.rows = [row for portion in read_rows(folder, OBSERVATIONS) for row in portion]
        self.documents = {row["doc_id"]: row for portion in read_rows(folder, DOCUMENTS) for row in portion}
        self.journal = Journal(folder / JOURNAL_NAME)
        self.people: People = with_users(folder)

    def decide(self, kind: str, row: Any, who: str = LAN) -> None:
        after = {"value": "7"} if kind == "correct" else {}
        document = self.documents[row["doc_id"]]
        self.journal.append(decide(DecisionKind(kind), Hand(who, None), row, document, after))

    def browser(self, role: Role) -> Browser:
        shown = browser(self.folder, Doors(self.people))
        assert shown.log_in(role).status_code == 303
        return shown


@pytest.fixture
def reviewed(dataset: Path, tmp_path: Path, cheap_passwords: None) -> Iterator[Reviewed]:
    Archive(dataset)  # makes the database of the pages once for all copies
    made = Reviewed(dataset, tmp_path / "dataset")
    yield made
    made.journal.close()
    made.people.database.close()


def table(shown: Browser, path: str) -> list[dict[str, str]]:
    answer = shown.get(f"{path}{'&' if '?' in path else '?'}format=csv")
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))


def listed(page: str) -> set[str]:
    """The facts in the table of the queue."""
    return set(re.findall(r'<a class="figure" href="/review/([^/?"]+)', page))


def test_rules_are_judged_by_what_was_found(reviewed: Reviewed) -> None:
    rule = Counter(row["rule_id"] for row in reviewed.rows).most_common(1)[0][0]
    rows = [row for row in reviewed.rows if row["rule_id"] == rule]
    assert len(rows) >= 6
    for kind, row in zip(("accept", "accept", "reject", "correct", "no_source", "accept"), rows, strict=False):
        reviewed.decide(kind, row)
    found = next(row for row in table(reviewed.browser(Role.VIEWER), "/review/trust") if row["rule"] == rule)
    expected = share(3, 6)
    assert (found["facts"], found["reviewed"]) == (str(len(rows)), "6")
    assert (found["corrected"], found["rejected"], found["no_source"]) == ("1", "1", "1")
    assert [float(found[name]) for name in ("precision", "low", "high")] == pytest.approx(
        [expected.value, expected.low, expected.high]
    )
    assert found["trust"] == "lacking"


@pytest.mark.parametrize(("level", "trust"), [(50, "earned"), (98, "open")])
def test_what_is_wanted_decides(reviewed: Reviewed, level: int, trust: str) -> None:
    family = "dossier"
    for row in [row for row in reviewed.rows if str(row["indicator"]).startswith(family)][:12]:
        reviewed.decide("accept", row)
    shown = reviewed.browser(Role.VIEWER)
    found = next(row for row in table(shown, f"/review/trust?by=family&level={level}") if row["family"] == family)
    assert (found["reviewed"], found["trust"]) == ("12", trust)


def test_a_sample_is_drawn_and_worked_through(reviewed: Reviewed) -> None:
    shown = reviewed.browser(Role.REVIEWER)
    sent = {"name": "Tháng 11", "size": "20", "kind": "simple", "seed": "x"}
    assert shown.post("/review/samples", sent, page="/review/trust").status_code == 303
    expected = simple([str(row["obs_id"]) for row in reviewed.rows], 20, "x")
    [sample] = Plan(reviewed.folder).samples()
    assert (sample.name, sample.size, sample.made_by) == ("Tháng 11", 20, "Cô reviewer")
    page = shown.get("/review?sample=Tháng 11").text
    assert listed(page) == set(expected)
    by_id = {row["obs_id"]: row for row in reviewed.rows}
    for obs_id in expected[:15]:
        reviewed.decide("accept", by_id[obs_id])
    for obs_id in expected[15:]:
        reviewed.decide("reject", by_id[obs_id])
    text = shown.get("/review/trust?sample=Tháng 11&lang=en").text
    assert "75.0%" in text
    assert "Right in the whole archive" in text
    assert "20/20" in text
    taken = shown.post("/review/samples", sent, page="/review/trust")
    assert taken.headers["location"] == "/review/trust?wrong=taken#samples"


@pytest.mark.parametrize(
    "sent",
    [{"name": ""}, {"size": "0"}, {"size": "x"}, {"size": "1e3"}, {"kind": "all"}, {"size": "000000005999999"},
     {"size": "000000005" + "9" * 5000}],
)  # fmt: skip
def test_what_is_no_sample_is_refused(reviewed: Reviewed, sent: dict[str, str]) -> None:
    shown = reviewed.browser(Role.REVIEWER)
    answer = shown.post("/review/samples", {"name": "x", "size": "5", "kind": "simple", **sent}, page="/review/trust")
    assert "?wrong=" in answer.headers["location"]
    assert Plan(reviewed.folder).samples() == []


def test_a_number_without_end_is_none(reviewed: Reviewed) -> None:
    shown = reviewed.browser(Role.REVIEWER)
    obs_id = str(reviewed.rows[0]["obs_id"])
    sent = {"decision": "accept", "seen": "9" * 5000}
    assert shown.post(f"/review/{obs_id}/decide", sent, page="/review/work").status_code == 303
    assert [one.kind for one in reviewed.journal.of_fact(obs_id)] == [DecisionKind.ACCEPT]


def test_what_waits_for_a_second_person(reviewed: Reviewed) -> None:
    Plan(reviewed.folder).set_double(0.5)
    for row in reviewed.rows[:30]:
        reviewed.decide("reject", row)
    ids = [str(row["obs_id"]) for row in reviewed.rows[:30]]
    chosen = {obs_id for obs_id in ids if twice(obs_id, 0.5)}
    assert 0 < len(chosen) < 30
    shown = reviewed.browser(Role.REVIEWER)
    page = shown.get(f"/review?second={BINH}").text
    waiting = listed(page)
    assert waiting == chosen
    assert shown.get(f"/review?second={LAN}").text.count("?second=Lan") < 3, "nobody is their own second"
    desk = shown.get(f"/review/{min(chosen)}?second={BINH}").text
    assert LAN not in desk.split('<section class="held"')[1], "the second does not see what the first held"
    by_id = {row["obs_id"]: row for row in reviewed.rows}
    done = min(chosen)
    reviewed.decide("accept", by_id[done], BINH)
    page = shown.get(f"/review?second={BINH}").text
    assert f"/review/{done}?" not in page
    trust = shown.get("/review/trust?lang=en").text
    assert f"{BINH} · {LAN}" in trust
    assert f"/review/{done}?state=any" in trust, "where two differ is listed"


@pytest.mark.parametrize("page", ["/review?state=corrected", "/review/{obs_id}?state=any"])
def test_a_corrected_figure_stands_in_the_place_of_what_was_read(reviewed: Reviewed, page: str) -> None:
    row = next(row for row in reviewed.rows if row["value"] == 1240)
    reviewed.decide("correct", row)
    shown = reviewed.browser(Role.REVIEWER)
    text = shown.get(page.format(obs_id=row["obs_id"])).text
    values = r'class="(?:figure|big-value)"[^>]*>([^<]*?)\s*(?:</a>)?\s*<s class="under">([^<]*)</s>'
    assert re.findall(values, text) == [("7", "1.240")]
    Plan(reviewed.folder).set_double(1)
    hidden = shown.get(page.format(obs_id=row["obs_id"]).partition("?")[0] + f"?second={BINH}").text
    assert str(row["obs_id"]) in hidden
    assert '<s class="under">' not in hidden, "the second does not see what the first held"


def test_assignments(reviewed: Reviewed) -> None:
    area = next(row for row in reviewed.rows if row["ref_area"])
    wanted = f"{area['area_regime']}-{area['ref_area']}"
    lead, reviewer = reviewed.browser(Role.ADMINISTRATOR), reviewed.browser(Role.REVIEWER)
    sent = {"to": "Cô reviewer", "area": wanted}
    assert lead.post("/review/assign", sent, page="/review/work").status_code == 303
    page = reviewer.get("/review?assigned=Cô reviewer").text
    shown = listed(page)
    there = {
        str(row["obs_id"]) for row in reviewed.rows
        if (row["area_regime"], row["ref_area"]) == (area["area_regime"], area["ref_area"])
    }  # fmt: skip
    assert shown <= there
    assert len(shown) == min(50, len(there))
    assert reviewer.post("/review/assign", {**sent, "to": "Cô viewer"}, page="/review/work").status_code == 403
    assert reviewer.post("/review/release", {**sent, "to": "Cô administrator"}, page="/review/work").status_code == 403
    assert (
        reviewer.post("/review/assign", {"to": "Cô reviewer"}, page="/review/work")
        .headers["location"]
        .endswith("wrong=empty")
    )
    assert reviewer.post("/review/release", sent, page="/review/work").status_code == 303
    assert Plan(reviewed.folder).assignments() == []


MAY = {
    # address                  viewer, reviewer, administrator: what a page gives
    "/review": (200, 200, 200),
    "/review/trust": (200, 200, 200),
    "/review/work": (200, 200, 200),
    "/review/people": (403, 403, 200),
    "/review/log": (403, 403, 200),
}
MAY_POST = {
    "/review/samples": (403, 303, 303),
    "/review/assign": (403, 303, 303),
    "/review/release": (403, 422, 422),
    "/review/double": (403, 403, 422),
    "/review/people/add": (403, 403, 422),
    "/review/people/role": (403, 403, 422),
    "/review/people/password": (403, 403, 400),
    "/review/people/remove": (403, 403, 400),
    "/review/x/decide": (403, 422, 422),
}


@pytest.mark.parametrize("place", range(3), ids=[role.value for role in Role])
def test_what_each_role_may(reviewed: Reviewed, place: int) -> None:
    role = list(Role)[place]
    shown = reviewed.browser(role)
    assert {path: shown.get(path).status_code for path in MAY} == {path: may[place] for path, may in MAY.items()}
    sent = {"name": "x", "size": "1", "kind": "simple", "to": f"Cô {role}", "rule": "x"}
    given = {path: {**sent, "to": ""} if path.endswith("release") else sent for path in MAY_POST}
    given["/review/people/password"] = given["/review/people/remove"] = {"name": "nobody", "password": "x"}
    found = {path: shown.post(path, given[path], page="/review/trust").status_code for path in MAY_POST}
    assert found == {path: may[place] for path, may in MAY_POST.items()}
    assert {account.name for account in reviewed.people.accounts.all()} == {f"Cô {role}" for role in Role}


def test_an_administrator_looks_after_the_people(reviewed: Reviewed) -> None:
    shown = reviewed.browser(Role.ADMINISTRATOR)

    def post(what: str, **sent: str) -> int:
        return int(shown.post(f"/review/people/{what}", sent, page="/review/people").status_code)

    assert post("add", name="<b>Hoa</b>", role="viewer", password="một câu ngắn dễ nhớ") == 303
    assert post("add", name="<B>HOA</B>", role="viewer", password="một câu ngắn dễ nhớ") == 400, "there is one"
    assert post("add", name="Bình", role="viewer", password="ngắn") == 400
    assert post("role", name="<b>Hoa</b>", role="reviewer") == 303
    assert post("role", name="Cô administrator", role="viewer") == 400, "the last one stays"
    assert post("remove", name="Cô administrator") == 400
    page = shown.get("/review/people").text
    assert "&lt;b&gt;Hoa&lt;/b&gt;" in page
    assert "<b>Hoa</b>" not in page
    assert post("remove", name="<b>Hoa</b>") == 303
    told = table(shown, "/review/log")
    assert [row["what"] for row in told][:4] == ["removed", "role", "added", "login"]
    assert {row["who"] for row in told if row["what"] == "removed"} == {"Cô administrator"}


def test_commands_draw_and_judge_as_the_pages_do(reviewed: Reviewed) -> None:
    def told(*arguments: str) -> list[dict[str, str]]:
        ended = solieu_here("review", arguments[0], reviewed.folder, *arguments[1:], "--format", "csv")
        assert ended.returncode == 0, ended.stderr
        return list(csv.DictReader(io.StringIO(ended.stdout)))

    assert solieu_here("review", "draw", reviewed.folder, "Tháng 11", "--size", "12").returncode == 0
    again = solieu_here("review", "draw", reviewed.folder, "Tháng 11")
    assert (again.returncode, "there is a sample Tháng 11 already" in again.stderr) == (2, True)
    chosen = simple((row["obs_id"] for row in reviewed.rows), 12, "Tháng 11")
    by_id = {row["obs_id"]: row for row in reviewed.rows}
    for number, obs_id in enumerate(chosen[:4]):
        reviewed.decide("reject" if number == 0 else "accept", by_id[obs_id])
    [sample] = told("samples")
    assert (sample["sample"], sample["facts"], sample["looked_at"]) == ("Tháng 11", "12", "4")
    judged = told("trust", "--sample", "Tháng 11", "--by", "family")
    assert sum(int(row["reviewed"]) for row in judged) == 4
    assert sum(int(row["wrong"]) for row in judged) == 1
    shown = reviewed.browser(Role.ADMINISTRATOR)
    paged = {row["family"]: row for row in table(shown, "/review/trust?sample=Tháng+11&by=family")}
    assert [(row["facts"], row["trust"]) for row in judged] == [
        (paged[row["family"]]["facts"], paged[row["family"]]["trust"]) for row in judged
    ]
    whole = solieu_here("review", "trust", reviewed.folder, "--sample", "Tháng 11").stderr
    assert "75.0% right (25.6% to 96.3%) of 4 facts" in whole
    assert "sampled" in {row["what"] for row in table(shown, "/review/log")}


def test_the_log_tells_of_decisions_and_logins(reviewed: Reviewed) -> None:
    reviewed.decide("reject", reviewed.rows[0])
    reviewed.decide("accept", reviewed.rows[1], BINH)
    shown = reviewed.browser(Role.ADMINISTRATOR)
    whole = table(shown, "/review/log")
    assert Counter(row["what"] for row in whole) == {"login": 1, "accept": 1, "reject": 1, "added": 3}
    assert [row["at"] for row in whole] == sorted((row["at"] for row in whole), reverse=True)
    [one] = table(shown, f"/review/log?who={LAN}")
    assert (one["what"], one["obs_id"]) == ("reject", reviewed.rows[0]["obs_id"])
    assert table(shown, "/review/log?since=2999-01-01") == []
    assert f"/review/{one['obs_id']}" in shown.get("/review/log").text


def test_every_form_bears_the_token(reviewed: Reviewed) -> None:
    shown = reviewed.browser(Role.ADMINISTRATOR)
    for path in (*MAY, "/review/password", f"/review/{reviewed.rows[0]['obs_id']}"):
        page = shown.get(path).text
        forms = re.findall(r"<form[^>]*method=\"post\".*?</form>", page, flags=re.S)
        assert forms, path
        assert [form for form in forms if f'name="csrf" value="{shown.token()}"' not in form] == [], path
