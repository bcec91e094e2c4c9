"""Letters go out by a real mail server, as text and HTML, and never in the clear."""

import ipaddress
import ssl
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from ccio_skills import mail
from ccio_skills.people import rules
from tests.conftest import NOW
from tests.mailbox import PASSWORD, REFUSED, USER, open_mailbox

LINK = "https://skills.example.test/join?token=abc_-123"
LETTER = rules.write_invitation(
    organisation="Trust <b>One</b> & Co",
    by="Mary “M” O'Neill",
    role="a reviewer",
    link=LINK,
    expires_at=NOW,
)


def send(server, to="new@example.test", *, letter=LETTER):
    mail.send(
        server,
        "CCIO Skills <skills@example.test>",
        to=to,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
    )


def body(letter, kind):
    return letter.get_body((kind,)).get_content()


class TestALetter:
    @pytest.fixture
    def arrived(self):
        with open_mailbox() as box:
            send(f"smtp://{box.address}")
            [letter] = box.letters
        return letter

    def test_arrives_as_text_and_as_html(self, arrived):
        assert arrived["To"] == "new@example.test"
        assert arrived["From"] == "CCIO Skills <skills@example.test>"
        assert arrived["Subject"] == "Trust <b>One</b> & Co invites you to CCIO Skills"
        assert body(arrived, "plain").replace("\r\n", "\n") == LETTER.text
        assert body(arrived, "html").replace("\r\n", "\n") == LETTER.html

    def test_says_who_invites_as_what_and_until_when_in_both(self, arrived):
        for kind in ("plain", "html"):
            assert LINK in body(arrived, kind)
            assert "22 November 2026" in body(arrived, kind)
        assert "Mary “M” O'Neill invites you to join" in body(arrived, "plain")

    def test_lets_no_name_become_markup(self, arrived):
        assert "Trust &lt;b&gt;One&lt;/b&gt; &amp; Co" in body(arrived, "html")
        assert "<b>" not in body(arrived, "html")

    def test_has_a_date_and_a_number_of_its_own_and_wants_no_answer(self, arrived):
        assert arrived["Date"]
        assert arrived["Message-ID"].endswith("@example.test>")
        assert arrived["Auto-Submitted"] == "auto-generated"


def test_a_name_with_a_line_end_makes_no_header_of_its_own():
    letter = rules.write_invitation(
        organisation="Trust\r\nBcc: all@example.test", by="M", role="r", link=LINK, expires_at=NOW
    )
    with open_mailbox() as box:
        send(f"smtp://{box.address}", letter=letter)

    assert box.letters[0]["Bcc"] is None


class TestTheServer:
    def test_is_told_user_and_password(self):
        with open_mailbox(needs_password=True) as box:
            send(f"smtp://{USER}:{quote(PASSWORD, safe='')}@{box.address}")

        assert len(box.letters) == 1

    def test_that_does_not_accept_them_is_named_without_them(self):
        with open_mailbox(needs_password=True) as box, pytest.raises(mail.MailError) as told:
            send(f"smtp://{USER}:wrong-secret@{box.address}")

        assert "does not accept the user name" in str(told.value)
        assert "wrong-secret" not in str(told.value)

    def test_that_refuses_an_address_is_named_with_it(self):
        with open_mailbox() as box, pytest.raises(mail.MailError, match=REFUSED):
            send(f"smtp://{box.address}", to=REFUSED)

    def test_that_is_not_there_is_said(self):
        with open_mailbox() as box:
            gone = box.address

        with pytest.raises(mail.MailError, match="did not take the letter"):
            send(f"smtp://{gone}")

    def test_elsewhere_must_offer_a_safe_connection(self):
        """127.0.0.2 stands for another computer: only this one is spoken to in the clear."""
        with open_mailbox("127.0.0.2") as box, pytest.raises(mail.MailError):
            send(f"smtp://{box.address}")

        assert box.letters == []

    def test_must_prove_who_it_is(self, tmp_path):
        with open_mailbox(tls=self_signed(tmp_path)) as box, pytest.raises(mail.MailError):
            send(f"smtps://{box.address}")

        assert box.letters == []


def self_signed(folder):
    """A certificate that nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    start = datetime.now(UTC) - timedelta(days=1)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=9))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False
        )
        .sign(key, hashes.SHA256())
    )
    encoding = serialization.Encoding.PEM
    (folder / "pem").write_bytes(
        certificate.public_bytes(encoding)
        + key.private_bytes(
            encoding, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(folder / "pem")
    return context
