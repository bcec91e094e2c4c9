"""A real nginx with the site that ``ccio-skills hosting nginx`` prints, and a certificate."""

from __future__ import annotations

import os
import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from benchmarks.serving import free_port
from tests.conftest import ROOT

NAME = "skills.localhost"
"""Browsers take every name below localhost for this computer."""
_HOW = "no nginx found: install it (Debian: apt-get install nginx-light)"


def find_nginx() -> str:
    found = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if found:
        return found
    if os.environ.get("CCIO_REQUIRE_BROWSER") == "1":
        pytest.fail(_HOW)
    pytest.skip(_HOW)


@dataclass
class Proxy:
    port: int
    plain_port: int
    certificate: Path
    log: Path

    @property
    def url(self) -> str:
        return f"https://{NAME}:{self.port}"

    @property
    def trust(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=self.certificate)

    def dial(self) -> socket.socket:
        """Return a line to it; not every system finds names below localhost."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=20)

    def ask(
        self, path: str, *, method: str = "GET", body: bytes | None = None, plain=False, **headers
    ) -> Answer:
        """Ask over TLS, or in the open; a name in ``headers`` stands for a header's."""
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        given = {"Host": f"{NAME}:{self.port}"} | given
        line = HTTPConnection("127.0.0.1", self.plain_port, timeout=20)
        if not plain:
            line.sock = self.trust.wrap_socket(self.dial(), server_hostname=NAME)
        line.request(method, path, body=body, headers=given)
        answer = line.getresponse()
        try:
            return Answer(answer, answer.read())
        finally:
            line.close()


class Answer:
    def __init__(self, answer: HTTPResponse, body: bytes) -> None:
        self.status, self.body = answer.status, body
        self._headers = answer.headers

    def all(self, name: str) -> list[str]:
        return self._headers.get_all(name) or []

    def cookies(self) -> dict[str, str]:
        """Return name=value by the cookie's name, as a browser sends them back."""
        return {one.split("=")[0]: one.split(";")[0] for one in self.all("set-cookie")}


@contextmanager
def proxy(folder: Path, ports: list[int], *, port: int | None = None) -> Iterator[Proxy]:
    """Start nginx in front of processes at ``ports``, and stop it."""
    program = find_nginx()
    one = Proxy(port or free_port(), free_port(), folder / "certificate.pem", folder / "access.log")
    key = folder / "key.pem"
    _make_certificate(one.certificate, key)
    (folder / "site.conf").write_text(_site(one, key, ports), encoding="utf-8")
    (folder / "nginx.conf").write_text(_main(folder), encoding="utf-8")
    command = [program, "-p", str(folder), "-e", str(folder / "error.log"), "-c", "nginx.conf"]
    subprocess.run([*command, "-t"], check=True, capture_output=True)
    process = subprocess.Popen([*command, "-g", "daemon off;"])
    try:
        _wait(one, process)
        yield one
    finally:
        process.terminate()
        process.wait(timeout=20)


def _site(one: Proxy, key: Path, ports: list[int]) -> str:
    words = ["hosting", "nginx", "--name", NAME, "--certificate", one.certificate, "--key", key]
    for port in ports:
        words += ["--port", port]
    printed = subprocess.run(
        [sys.executable, "-m", "ccio_skills.cli", *map(str, words)],
        cwd=ROOT, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    # Only where it listens and writes is another than on a server of its own.
    for mine, theirs in {
        "listen 80;": f"listen 127.0.0.1:{one.plain_port};",
        "listen 443 ssl http2;": f"listen 127.0.0.1:{one.port} ssl http2;",
        "listen [::]:80;": "",
        "listen [::]:443 ssl http2;": "",
        "/var/log/nginx/ccio-skills.log": str(one.log),
        "/var/log/nginx/ccio-skills.error.log": str(one.log.with_name("error.log")),
    }.items():
        assert mine in printed, mine
        printed = printed.replace(mine, theirs)
    return printed


def _main(folder: Path) -> str:
    user = "user root;" if os.name == "posix" and os.geteuid() == 0 else ""
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    places = " ".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    return (
        f"{user} worker_processes 1; pid {folder}/nginx.pid; events {{}}\n"
        f"http {{ {places} include {folder}/site.conf; }}\n"
    )


def _wait(one: Proxy, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 20
    while True:
        assert process.poll() is None, "nginx ended"
        try:
            one.ask("/readyz")
        except OSError:
            assert time.monotonic() < until
            time.sleep(0.05)
        else:
            return


def _make_certificate(file: Path, key_file: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    pem, pkcs8 = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    key_file.write_bytes(key.private_bytes(pem, pkcs8, serialization.NoEncryption()))
