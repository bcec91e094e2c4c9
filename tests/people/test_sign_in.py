"""A sign-in becomes a person, for as long as it counts; the store decides, not the cookie."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccio_skills.people import commands, queries, rules
from ccio_skills.vocabulary import Person, Role
from tests.cast import ISSUER, LIMITS, claims, sign_in
from tests.conftest import NOW

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
both = pytest.mark.both_databases


def come(db, name="Ada", *, at=NOW, issued=NOW, nonce="first"):
    """Come with the cookie of a sign-in that was issued at a moment."""
    told = rules.read_claims(claims(name, at=issued, nonce=nonce))
    return commands.enter(db, told, limits=LIMITS, at=at)


class TestReadClaims:
    def test_takes_what_the_provider_says(self):
        told = rules.read_claims(claims("Ada"))

        assert (told.issuer, told.subject) == (ISSUER, "ada")
        assert (told.name, told.email) == ("Ada", "ada@example.test")
        assert told.issued_at == NOW

    @pytest.mark.parametrize("name", ["is_logged_in", "iss", "sub", "nonce", "iat"])
    def test_is_nobody_without_what_identifies_a_sign_in(self, name):
        told = claims("Ada")
        del told[name]

        assert rules.read_claims(told) is None

    @pytest.mark.parametrize(
        "wrong",
        [
            {"is_logged_in": False},
            {"is_logged_in": "true"},
            {"sub": ""},
            {"sub": 7},
            {"sub": "a" * 256},
            {"iat": "1"},
            {"iat": True},
            {"nonce": ["first"]},
        ],
    )
    def test_is_nobody_with_claims_of_another_kind(self, wrong):
        assert rules.read_claims(claims("Ada") | wrong) is None

    def test_has_another_key_for_another_sign_in_person_or_provider(self):
        one = claims("Ada")
        others = [{"nonce": "other"}, {"sub": "bob"}, {"iss": "https://other.example.test"}]

        keys = {rules.read_claims(one | change).key for change in [{}, *others]}

        assert len(keys) == 4

    def test_calls_a_person_by_what_there_is(self):
        told = claims("Ada", preferred_username="ada.l")

        assert rules.read_claims(told | {"name": None}).name == "ada.l"
        assert (
            rules.read_claims(told | {"name": "", "preferred_username": ""}).name
            == "ada@example.test"
        )

    @given(name=st.text(max_size=300), email=st.text(max_size=300))
    def test_keeps_names_that_fit_and_can_be_seen(self, name, email):
        told = rules.read_claims(claims("Ada", name=name, email=email))

        assert len(told.name) <= 200
        assert len(told.email) <= 254
        assert told.name.isprintable()


class TestWhyClosed:
    def why(self, *, started, seen, ended=None):
        times = rules.Session(NOW - started, NOW - seen, ended)
        return rules.why_closed(times, now=NOW, limits=LIMITS)

    def test_counts_up_to_each_limit(self):
        assert self.why(started=12 * HOUR, seen=HOUR) is None

    def test_ends_a_moment_after_the_idle_limit(self):
        assert self.why(started=2 * HOUR, seen=HOUR + MINUTE) is rules.Closed.IDLE

    def test_ends_a_moment_after_the_absolute_limit_however_busy(self):
        assert self.why(started=12 * HOUR + MINUTE, seen=MINUTE) is rules.Closed.OLD

    def test_ends_at_once_when_it_was_ended(self):
        assert self.why(started=MINUTE, seen=MINUTE, ended=NOW) is rules.Closed.ENDED


@both
class TestTheFirstSignIn:
    def test_makes_a_learner(self, db):
        person = come(db)

        assert person.name == "Ada"
        assert person.roles == {Role.LEARNER}
        assert queries.organisations(db, person.id) == ()

    def test_never_takes_the_number_of_the_person_of_a_personal_installation(self, db):
        assert come(db).id > 1

    def test_gives_everybody_a_number_of_their_own(self, db):
        people = [come(db, name) for name in ("Ada", "Bob", "Cleo")]

        assert len({one.id for one in people}) == 3

    def test_is_put_on_record(self, db):
        person = come(db)

        [entry] = queries.whole_trail(db)
        assert (entry.event, entry.actor, entry.at) == ("signed-in", person.id, NOW)

    def test_is_refused_when_its_cookie_is_older_than_any_way_back_from_the_provider(self, db):
        """Else a cookie that was kept for weeks would open an account that was deleted."""
        assert come(db, at=NOW + 11 * MINUTE) is rules.Closed.UNKNOWN
        assert list(queries.whole_trail(db)) == []

    def test_is_refused_when_it_comes_from_the_future(self, db):
        assert come(db, issued=NOW + 6 * MINUTE) is rules.Closed.UNKNOWN


@both
class TestTheNextSignIn:
    def test_is_the_same_person_whatever_their_name_and_address_became(self, db):
        first = come(db)
        told = claims("Ada", nonce="second", name="Ada King", email="ada@new.example.test")

        again = commands.enter(db, rules.read_claims(told), limits=LIMITS, at=NOW)

        assert again == Person(first.id, "Ada King")

    def test_by_another_provider_is_another_person_even_with_the_same_address(self, db):
        first = come(db)
        told = claims("Ada", iss="https://other.example.test")

        other = commands.enter(db, rules.read_claims(told), limits=LIMITS, at=NOW)

        assert other.id != first.id

    def test_of_the_same_cookie_is_not_put_on_record_again(self, db):
        come(db)
        come(db, at=NOW + 30 * MINUTE)

        assert len(list(queries.whole_trail(db))) == 1


@both
class TestTheLimits:
    def test_let_somebody_stay_who_keeps_coming(self, db):
        first = come(db)

        for half_hours in range(1, 25):
            assert come(db, at=NOW + half_hours * 30 * MINUTE) == first

    def test_end_a_sign_in_after_an_hour_of_nothing_for_good(self, db):
        come(db)

        assert come(db, at=NOW + HOUR + MINUTE) is rules.Closed.IDLE
        assert come(db, at=NOW + HOUR + 2 * MINUTE) is rules.Closed.IDLE

    def test_end_a_sign_in_after_twelve_hours(self, db):
        for half_hours in range(25):
            come(db, at=NOW + half_hours * 30 * MINUTE)

        assert come(db, at=NOW + 12 * HOUR + MINUTE) is rules.Closed.OLD

    def test_let_the_same_person_sign_in_again(self, db):
        first = come(db)
        later = NOW + 5 * HOUR

        assert come(db, at=later, issued=later, nonce="second") == first


@both
class TestSigningOut:
    def key(self, nonce="first"):
        return rules.read_claims(claims("Ada", nonce=nonce)).key

    def test_ends_this_sign_in_in_every_tab(self, db):
        person = come(db)

        commands.sign_out(db, person.id, self.key(), at=NOW)

        assert come(db, at=NOW + MINUTE) is rules.Closed.ENDED

    def test_leaves_other_devices_alone(self, db):
        person = come(db)
        come(db, nonce="phone")

        commands.sign_out(db, person.id, self.key(), at=NOW)

        assert come(db, nonce="phone", at=NOW + MINUTE) == person

    def test_ends_nobody_elses(self, db):
        come(db)
        stranger = sign_in(db, "Stranger")

        commands.sign_out(db, stranger.id, self.key(), at=NOW)

        assert isinstance(come(db, at=NOW + MINUTE), Person)

    def test_everywhere_ends_every_device_and_is_put_on_record(self, db):
        person = come(db)
        come(db, nonce="phone")
        stranger = sign_in(db, "Stranger")

        assert commands.sign_out_everywhere(db, person.id, at=NOW) == 2

        assert come(db) is rules.Closed.ENDED
        assert come(db, nonce="phone") is rules.Closed.ENDED
        assert sign_in(db, "Stranger") == stranger
        assert [one.event for one in queries.whole_trail(db)][-1] == "signed-out-everywhere"

    def test_lets_the_same_person_come_back(self, db):
        person = come(db)
        commands.sign_out_everywhere(db, person.id, at=NOW)

        assert come(db, nonce="second") == person


def test_the_moment_of_a_sign_in_is_in_utc():
    assert rules.read_claims(claims("Ada")).issued_at == datetime(2026, 11, 22, 9, tzinfo=UTC)
