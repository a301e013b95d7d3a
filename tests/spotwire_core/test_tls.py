"""TLS: who is not who they should be gets no request, and nothing switches that off."""

import datetime
import inspect
import socket
import ssl
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import trustme

from auth_hooks.mexc import MexcAuth
from spotwire.mexc import AsyncMexc, Mexc
from spotwire.mexc.api.market import SERVER_TIME
from spotwire.mexc.api.trade import PLACE_ORDER
from spotwire.mexc.models.market import ServerTime
from spotwire_core import transport
from spotwire_core.config import CallOptions
from spotwire_core.errors import ApiError, TransportError
from spotwire_core.raw_server import Server, ok

Call = Callable[..., Any]

AUTH = MexcAuth("KEYCANARY0123456789", "SECRETCANARY0123456789")
TIME = (SERVER_TIME, ())
PLACE = (PLACE_ORDER, ("BTCUSDT", "BUY", "LIMIT", "1", None, "11", "sw1", None))
ANSWER = ok(b'{"serverTime":5}')

NOW = datetime.datetime.now(datetime.UTC)
DAY = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def _certificate_file(certificate_file: None) -> None:
    """The clients of these tests trust the certificates of `ca`."""


@pytest.fixture
def server(secure_server: Server) -> Server:
    """A server with a good certificate."""
    return secure_server


def serving(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


def refused(way: Call, server: Server, **kwargs: Any) -> TransportError:
    """Place an order in vain, and return why."""
    with pytest.raises(TransportError) as caught:
        way(server.url, [PLACE], auth=AUTH, **kwargs)

    assert [] == server.requests
    return caught.value


def test_good_certificate_is_accepted(server: Server, way: Call) -> None:
    """G1, F7: a certificate of who is named in SSL_CERT_FILE is good; without that the others would prove nothing."""
    server.answer(ANSWER, ANSWER)

    assert [ServerTime(server_time=5)] * 2 == way(server.url, [TIME, TIME])
    assert 1 == server.connections


CERTIFICATES: dict[str, Callable[[trustme.CA], trustme.LeafCert]] = {
    "of somebody unknown": lambda _: trustme.CA().issue_cert("127.0.0.1"),
    "of another host": lambda ca: ca.issue_cert("api.mexc.com"),
    "of another address": lambda ca: ca.issue_cert("127.0.0.2"),
    "with the host as its common name alone": lambda ca: ca.issue_cert("x.example", common_name="127.0.0.1"),
    "expired": lambda ca: ca.issue_cert("127.0.0.1", not_before=NOW - 2 * DAY, not_after=NOW - DAY),
    "not valid yet": lambda ca: ca.issue_cert("127.0.0.1", not_before=NOW + DAY, not_after=NOW + 2 * DAY),
}


@pytest.mark.parametrize("certificate", CERTIFICATES)
def test_wrong_certificate_is_refused(ca: trustme.CA, way: Call, certificate: str) -> None:
    """G1, A4: an order is certainly not sent to a server with a wrong certificate."""
    with Server(serving(CERTIFICATES[certificate](ca))) as server:
        error = refused(way, server)

    assert ("placeOrder failed before anything was sent: could not connect", False) == (str(error), error.sent)


def test_self_signed_certificate_is_refused(way: Call, tmp_path: Path) -> None:
    """G1: nor is a certificate believed that vouches for itself."""
    own = trustme.CA()
    own.private_key_pem.write_to_path(str(tmp_path / "own.pem"))
    own.cert_pem.write_to_path(str(tmp_path / "own.pem"), append=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "own.pem")
    with Server(context) as server:
        assert not refused(way, server).sent


@pytest.mark.parametrize("version", ["TLSv1", "TLSv1_1"])
def test_old_tls_is_refused(ca: trustme.CA, way: Call, version: str) -> None:
    """G1, A4: a server that knows TLS 1.0 or 1.1 alone gets nothing, while one who would take it can talk to it."""
    context = serving(ca.issue_cert("127.0.0.1"))
    only(context, version)
    with Server(context) as server:
        server.answer(b"old")

        assert not refused(way, server).sent
        assert version.replace("_", ".") == talk(server, ca, version)


def only(context: ssl.SSLContext, version: str) -> None:
    context.set_ciphers("DEFAULT:@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = context.maximum_version = ssl.TLSVersion[version]


def talk(server: Server, ca: trustme.CA, version: str) -> str | None:
    """Shake hands as somebody who still takes an old version, and return which it was."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    ca.configure_trust(context)
    only(context, version)
    host, port = server.url.removeprefix("https://").split(":")
    with (
        socket.create_connection((host, int(port)), timeout=5) as plain,
        context.wrap_socket(plain, server_hostname=host) as connection,
    ):
        connection.sendall(b"GET / HTTP/1.1\r\n\r\n")
        assert b"old" == connection.recv(100)
        return connection.version()


def test_nothing_switches_the_checks_off(way: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """G1: no argument and no variable of the environment makes a wrong certificate good."""
    for make in (Mexc, AsyncMexc, Mexc.from_env, AsyncMexc.from_env, CallOptions):
        for name in inspect.signature(make).parameters:
            assert not any(word in name for word in ("verify", "ssl", "tls", "cert", "insecure", "proxy")), name
    for name in ("PYTHONHTTPSVERIFY", "SSL_VERIFY", "SPOTWIRE_MEXC_VERIFY"):
        monkeypatch.setenv(name, "0")
    with Server(serving(trustme.CA().issue_cert("127.0.0.1"))) as server:
        refused(way, server)
    context = transport.tls()

    assert (True, ssl.CERT_REQUIRED) == (context.check_hostname, context.verify_mode)
    assert ssl.TLSVersion.TLSv1_2 <= context.minimum_version


def test_keys_of_the_connection_are_logged_where_the_environment_asks(
    server: Server, way: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """F7: SSLKEYLOGFILE does what it does in all of Python: who sets it can read what is sent."""
    log = tmp_path / "keys"
    monkeypatch.setenv("SSLKEYLOGFILE", str(log))
    server.answer(ANSWER)
    way(server.url, [TIME])

    assert "CLIENT_TRAFFIC_SECRET" in log.read_text()


def test_proxy_of_the_environment_is_ignored(server: Server, way: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """F7: HTTPS_PROXY does not touch a call."""
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    monkeypatch.delenv("NO_PROXY", raising=False)
    server.answer(ANSWER)

    assert [ServerTime(server_time=5)] == way(server.url, [TIME])


def test_redirect_to_plain_http_is_not_followed(server: Server, way: Call) -> None:
    """B2: a venue that sends an order on without TLS gets an error; neither key nor order go there."""
    with Server() as plain:
        location = b"Location: %s/api/v3/order\r\n" % plain.url.encode()
        server.answer(ok(b"", status="307 Temporary Redirect", headers=location))
        with pytest.raises(ApiError, match="HTTP 307") as caught:
            way(server.url, [PLACE], auth=AUTH)

        assert (1, 0) == (len(server.requests), plain.connections)
        assert plain.url not in str(caught.value)
