"""What a visitor sees about themselves: role and time, where it lies, export and erase."""

import html
import io
import re
import zipfile

import pytest

from ccio_skills.assess import commands as assess
from ccio_skills.assess.rules.ratings import Rating
from ccio_skills.learn import commands as learn
from ccio_skills.people import commands, queries, rules
from ccio_skills.ui import Place
from ccio_skills.vocabulary import Level
from tests.cast import answer_survey, live
from tests.conftest import NOW

ROLE = "what-a-ccio-is-and-does"


def words(page):
    """Return what our own HTML says, without markup."""
    said = [one.value for one in page.get("html") if not one.value.startswith("<style")]
    return " ".join(html.unescape(re.sub("<[^>]+>", " ", " ".join(said))).split())


def settings(visit):
    return queries.settings(visit.db, visit.person.id)


def test_of_somebody_new_holds_nothing_and_leads_home(open_page):
    page = open_page("me")

    assert not page.exception
    assert "Nothing is kept about you yet." in words(page)
    assert not page.get("download_button")

    page.button(key="empty:home").click().run()

    assert page.title[0].value == "See where you stand, in four minutes"


class TestRoleAndTime:
    def test_stand_as_they_were_given(self, settled, open_page):
        page = open_page("me")

        assert not page.exception
        assert page.radio(key="me:profile").value == "new-ccio"
        assert page.number_input(key="me:minutes").value == 60
        assert settled.library.profile["new-ccio"].description in words(page)
        assert "Saved." not in words(page)

    def test_are_kept_when_they_change(self, settled, open_page):
        page = open_page("me")
        page.radio(key="me:profile").set_value("cnio").run()
        page.number_input(key="me:minutes").set_value(45).run()

        assert not page.exception
        assert "Saved." in words(page)
        assert settings(settled) == queries.Settings("cnio", 45)
        assert open_page("me").radio(key="me:profile").value == "cnio"

    def test_of_another_tab_are_left_alone(self, settled, open_page):
        page = open_page("me")
        commands.settle(
            settled.db, settled.person.id, profile="cnio", minutes_a_week=45, at=settled.now
        )

        page.run()

        assert settings(settled) == queries.Settings("cnio", 45)


class TestWhereItLies:
    def test_is_named(self, settled, open_page):
        page = open_page("me", place=Place(store="/home/learner/<ccio> skills.db"))

        assert "/home/learner/<ccio> skills.db" in words(page)
        assert "Readable by your user account" in words(page)


class TestExport:
    def test_is_offered_as_one_zip(self, settled, open_page):
        [button] = open_page("me").get("download_button")

        assert button.label == "Export everything"


@pytest.fixture
def elsewhere(db, stranger, shipped):
    """The export of somebody with answers, some of which mean something to a spreadsheet."""
    live(db, stranger, shipped, words="=HYPERLINK(1) <b>not bold</b> ![x](http://example.test/x)")
    return rules.archive(queries.everything(db, stranger.id), at=NOW)


def upload(page, content, name="ccio-skills.zip"):
    return page.file_uploader(key="me:file").upload(name, content, "application/zip").run()


class TestBringIn:
    def kept(self, visit):
        return queries.everything(visit.db, visit.person.id)

    def test_shows_what_is_in_it_and_changes_nothing_until_told(self, visit, open_page, elsewhere):
        page = upload(open_page("me"), elsewhere)

        assert not page.exception
        assert "Exported on 22 November 2026" in words(page)
        assert "ratings: 2 new" in words(page)
        assert not any(self.kept(visit).values())

    def test_brings_it_in_when_told_and_draws_the_page_with_it(self, visit, open_page, elsewhere):
        page = upload(open_page("me"), elsewhere)
        page.button(key="me:bring").click().run()

        assert not page.exception
        assert "Done: everything in it is here now." in words(page)
        assert page.radio(key="me:profile").value == "new-ccio"
        assert len(self.kept(visit)["assess_rating"]) == 2

    def test_twice_doubles_nothing_and_says_so(self, visit, open_page, elsewhere):
        upload(open_page("me"), elsewhere).button(key="me:bring").click().run()
        before = self.kept(visit)

        page = upload(open_page("me"), elsewhere)

        assert "ratings: 2 here already" in words(page)
        assert "there is nothing to bring in" in words(page)
        assert not [one for one in page.button if one.key == "me:bring"]
        assert self.kept(visit) == before

    def test_of_another_file_is_refused_with_the_reason(self, visit, open_page):
        page = upload(open_page("me"), b"skill,level")

        assert not page.exception
        assert "nothing was changed" in page.error[0].value
        assert "no zip file" in page.text[0].value
        assert not any(self.kept(visit).values())

    def test_never_takes_what_a_file_says_for_markup(self, open_page):
        tables = {f"![x](http://example.test/{number})": [] for number in range(9)}

        page = upload(open_page("me"), rules.archive(tables, at=NOW))

        assert "example.test" not in page.error[0].value
        assert "![x](http://example.test/0): no such table here" in page.text[0].value
        assert "And 4 more lines." in words(page)

    def test_leaves_formulas_as_harmless_as_they_came(self, visit, open_page, elsewhere):
        upload(open_page("me"), elsewhere).button(key="me:bring").click().run()

        packed = rules.archive(self.kept(visit), at=NOW)

        with zipfile.ZipFile(io.BytesIO(packed)) as files:
            sheet = files.read("assess_rating.csv").decode()
        assert "'=HYPERLINK(1)" in sheet
        assert ",=HYPERLINK" not in sheet

    def test_of_words_that_no_library_knows_breaks_no_page(self, visit, open_page, elsewhere):
        unpacked = rules.unpack(elsewhere)
        tables = {name: [dict(row) for row in rows] for name, rows in unpacked.tables.items()}
        for rows in tables.values():
            for row in rows:
                for name in row.keys() & {"skill", "module", "path", "profile", "check_id"}:
                    row[name] = "../<b>x"
        page = upload(open_page("me"), rules.archive(tables, at=NOW))
        page.button(key="me:bring").click().run()

        assert self.kept(visit)["assess_rating"][0]["skill"] == "../<b>x"
        for path in ("home", "rate", "gaps", "plan", "library", "progress", "me"):
            assert not open_page(path).exception, path


class TestErase:
    @pytest.fixture
    def full(self, settled):
        """A visit by somebody who left something in every room."""
        db, me, now = settled.db, settled.person.id, settled.now
        module = settled.library.module[ROLE]
        rating = Rating("change-management", Level(2), now, evidence="Mine.")
        assess.answer(db, me, rating, library=settled.library)
        learn.keep_notes(db, me, ROLE, notes="Mine.", at=now)
        learn.answer_check(db, me, ROLE, module.checks[0], option=0, sureness="sure", at=now)
        learn.finish(db, me, module, minutes=25, at=now)
        learn.decide(db, me, ROLE, "pinned", at=now)
        learn.do_action(db, me, "change-management", step=3, evidence="Mine.", at=now)
        learn.follow(db, me, "aspiring-ccio-foundations", at=now)
        answer_survey(db, me, settled.library)
        return settled

    def kept(self, visit):
        return queries.everything(visit.db, visit.person.id)

    def test_says_what_goes_and_waits_for_the_tick(self, full, open_page):
        page = open_page("me")

        assert all(self.kept(full).values())
        assert "every rating with its evidence" in words(page)
        assert "nothing can be brought back" in words(page)
        assert page.button(key="me:erase").disabled
        assert not page.checkbox(key="me:sure").value

    def test_leaves_nothing(self, full, open_page):
        page = open_page("me")
        page.checkbox(key="me:sure").check().run()
        assert all(self.kept(full).values()), "the tick alone erases nothing"

        page.button(key="me:erase").click().run()

        assert not page.exception
        assert not any(self.kept(full).values())
        assert page.title[0].value == "See where you stand, in four minutes"

    def test_leaves_what_belongs_to_others(self, full, open_page, stranger):
        commands.settle(full.db, stranger.id, profile="cnio", minutes_a_week=30, at=full.now)

        page = open_page("me")
        page.checkbox(key="me:sure").check().run()
        page.button(key="me:erase").click().run()

        assert queries.settings(full.db, stranger.id) == queries.Settings("cnio", 30)


class TestOnASharedInstallation:
    @pytest.fixture
    def open_me(self, open_page, cast, db):
        def open_me(name="administrator", path="me"):
            who = getattr(cast, name)
            place = Place(is_shared=True, operator="Kingsbridge", terms=("Kept for 36 months.",))
            return open_page(path, person=who, place=place, session="a session")

        return open_me

    def test_shows_who_is_signed_in_and_which_roles_they_have(self, open_me):
        page = open_me()

        assert "Name Administrator" in words(page)
        assert "administrator@example.test" in words(page)
        assert "Administrator Kingsbridge" in words(page)
        assert "No answer of yours is kept yet." in words(page)
        assert "Where it lies" not in {one.value for one in page.header}

    def test_says_before_what_goes_what_stays_and_what_that_means_for_others(self, open_me):
        page = open_me()

        assert "your name, e-mail address and the link to your sign-in" in words(page)
        assert "your number and the day" in words(page)
        assert "You are the only administrator of Kingsbridge." in words(page)
        assert page.button(key="me:delete").disabled
        assert "only administrator" not in words(open_me("member"))

    def test_deletes_the_account_and_signs_out(self, open_me, db, cast):
        page = open_me("member")
        page.checkbox(key="me:delete:sure").check().run()
        assert queries.person(db, cast.member.id), "the tick alone deletes nothing"

        page.button(key="me:delete").click().run()

        assert not page.exception
        assert queries.person(db, cast.member.id) is None

    def test_puts_on_record_that_answers_were_erased(self, open_me, db, cast):
        who = cast.member.id
        commands.settle(db, who, profile="cnio", minutes_a_week=30, at=NOW)
        page = open_me("member")
        page.checkbox(key="me:sure").check().run()

        page.button(key="me:erase").click().run()

        assert not any(queries.everything(db, who).values())
        assert (list(queries.whole_trail(db))[-1].event, queries.person(db, who).name) == (
            "erased",
            "Member",
        )

    def test_says_on_the_privacy_page_who_runs_it_and_for_how_long(self, open_me):
        said = words(open_me(path="privacy"))

        assert "It is run by: Kingsbridge" in said
        assert "Kept for 36 months." in said

    def test_promises_nothing_about_a_file_on_this_computer(self, open_me):
        said = words(open_me(path="home"))

        assert "on this computer" not in said
        assert "people who see your answers" in said

    def test_is_left_by_a_page_of_its_own(self, open_me):
        page = open_me(path="sign-out")

        assert [one.label for one in page.button] == ["Sign out", "Sign out everywhere"]
