"""The settings of a shared installation: what is missing or unsafe is said before anyone comes."""

import pytest

from ccio_skills import settings

SECRET = "q7Lw-2pXzT9eRk4VbNc8YmHs6JdFgA3u"
SHARED = {
    "CCIO_SIGN_IN": "https://login.example.test/tenant/v2.0",
    "CCIO_SIGN_IN_CLIENT_ID": "the-app",
    "CCIO_SIGN_IN_CLIENT_SECRET": "from the provider",
    "CCIO_SIGN_IN_COOKIE_SECRET": SECRET,
    "CCIO_ADDRESS": "https://skills.example.test/",
}


def refused(**changes):
    """Why the environment is refused, when it is."""
    with pytest.raises(settings.SettingsError) as told:
        settings.read(SHARED | changes)
    return str(told.value)


class TestSignIn:
    def test_is_none_on_a_personal_installation(self):
        assert settings.read({}).sign_in is None

    def test_is_all_from_the_environment(self):
        here = settings.read(SHARED).sign_in

        assert here.provider == (
            "https://login.example.test/tenant/v2.0/.well-known/openid-configuration"
        )
        assert here.address == "https://skills.example.test"
        assert (here.client_id, here.client_secret) == ("the-app", "from the provider")
        assert (here.idle_minutes, here.hours, here.prompt) == (60, 12, "select_account")

    def test_takes_the_whole_address_of_the_description_too(self):
        whole = SHARED["CCIO_SIGN_IN"] + "/.well-known/openid-configuration"

        assert settings.read(SHARED | {"CCIO_SIGN_IN": whole}).sign_in.provider == whole

    def test_never_shows_a_secret(self):
        shown = repr(settings.read(SHARED | {"CCIO_MAIL": "smtp://me:pw@h", "CCIO_MAIL_FROM": "a"}))

        assert SECRET not in shown
        assert "from the provider" not in shown
        assert "pw" not in shown

    def test_is_none_in_a_demonstration(self):
        assert settings.read(SHARED | {"CCIO_DEMO": "1"}).sign_in is None

    @pytest.mark.parametrize("name", [one for one in SHARED if one != "CCIO_SIGN_IN"])
    def test_says_what_is_missing(self, name):
        assert name in refused(**{name: ""})

    def test_half_a_sign_in_does_not_become_an_installation_open_to_everybody(self):
        assert "CCIO_SIGN_IN" in refused(CCIO_SIGN_IN="")

    @pytest.mark.parametrize("secret", ["short", "a" * 64, "ab" * 32])
    def test_refuses_a_cookie_secret_that_can_be_guessed(self, secret):
        said = refused(CCIO_SIGN_IN_COOKIE_SECRET=secret)

        assert "32 random characters" in said
        assert secret not in said

    @pytest.mark.parametrize("name", ["CCIO_SIGN_IN", "CCIO_ADDRESS"])
    @pytest.mark.parametrize("address", ["http://skills.example.test", "skills.example.test"])
    def test_refuses_an_address_that_anybody_could_listen_to(self, name, address):
        assert "https://" in refused(**{name: address})

    @pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]"])
    def test_takes_this_computer_without_https(self, host):
        here = settings.read(SHARED | {"CCIO_ADDRESS": f"http://{host}:8501"})

        assert here.sign_in.address == f"http://{host}:8501"

    def test_refuses_an_address_with_a_path(self):
        assert "without path" in refused(CCIO_ADDRESS="https://example.test/skills")

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("CCIO_SIGN_IN_IDLE_MINUTES", "4"),
            ("CCIO_SIGN_IN_IDLE_MINUTES", "an hour"),
            ("CCIO_SIGN_IN_HOURS", "0"),
            ("CCIO_SIGN_IN_HOURS", "721"),
            ("CCIO_KEEP_ACCOUNTS_MONTHS", "-1"),
        ],
    )
    def test_refuses_numbers_that_mean_nothing(self, name, value):
        assert name in refused(**{name: value})


class TestSecretsInFiles:
    def test_are_read(self, tmp_path):
        file = tmp_path / "secret"
        file.write_text(f"{SECRET}\n", encoding="utf-8")
        environ = SHARED | {"CCIO_SIGN_IN_COOKIE_SECRET": ""}

        here = settings.read(environ | {"CCIO_SIGN_IN_COOKIE_SECRET_FILE": str(file)})

        assert here.sign_in.cookie_secret == SECRET

    def test_must_be_there(self, tmp_path):
        said = refused(CCIO_SIGN_IN_CLIENT_SECRET_FILE=str(tmp_path / "nowhere"))

        assert "nowhere cannot be read" in said

    def test_must_hold_something(self, tmp_path):
        (tmp_path / "empty").touch()

        said = refused(CCIO_SIGN_IN_CLIENT_SECRET_FILE=str(tmp_path / "empty"))

        assert "CCIO_SIGN_IN_CLIENT_SECRET" in said


class TestMail:
    def test_is_none_unless_a_server_is_named(self):
        assert settings.read(SHARED).mail is None

    def test_needs_a_sender(self):
        assert "CCIO_MAIL_FROM" in refused(CCIO_MAIL="smtp://mail.example.test")

    @pytest.mark.parametrize("server", ["mail.example.test", "https://mail.example.test"])
    def test_needs_a_mail_server(self, server):
        assert "smtp://" in refused(CCIO_MAIL=server, CCIO_MAIL_FROM="a@example.test")


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "[::1]", "localhost"])
def test_this_computer_is_known_by_its_names(host):
    assert settings.is_loopback(host)


@pytest.mark.parametrize(
    "host",
    ["", "0.0.0.0", "10.0.0.1", "127.0.0.1.example.test", "localhost.example.test", "::"],
)
def test_nothing_else_is_taken_for_this_computer(host):
    assert not settings.is_loopback(host)
