"""Our own authority: accepted by strict clients, good for one domain only, renewed in time."""

from __future__ import annotations

import datetime as dt
import socket
import ssl
import threading

import pytest
from cryptography import x509

from gateways import certificates as module
from gateways.certificates import Certificates


@pytest.fixture
def certificates(tmp_path):
    made = Certificates(tmp_path, "chat.example.org")
    made.renew()
    return made


def handshake(certificates, name, **flags):
    """Let a client that trusts our authority greet a server with our certificate."""
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificates.server_file, certificates.server_key_file)
    client = ssl.create_default_context(cafile=certificates.ca_file)
    # What Python 3.13 checks by default.
    client.verify_flags |= ssl.VERIFY_X509_STRICT
    here, there = socket.socketpair()

    def serve():
        try:
            with server.wrap_socket(there, server_side=True):
                pass
        except OSError:
            there.close()

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        with client.wrap_socket(here, server_hostname=name) as secured:
            return secured.version()
    finally:
        here.close()
        thread.join()


def test_a_strict_client_accepts_it(certificates):
    assert handshake(certificates, "chat.example.org") == "TLSv1.3"


def test_it_is_good_for_its_domain_only(certificates):
    with pytest.raises(ssl.SSLCertVerificationError):
        handshake(certificates, "bank.example.org")


def test_the_authority_may_sign_for_its_domain_only(certificates):
    authority = x509.load_pem_x509_certificate(certificates.ca_file.read_bytes())

    constraints = authority.extensions.get_extension_for_class(x509.NameConstraints)

    assert constraints.critical
    assert constraints.value.permitted_subtrees == [x509.DNSName("chat.example.org")]


def test_keys_are_for_the_owner_only(certificates, tmp_path):
    assert {file.stat().st_mode & 0o777 for file in tmp_path.iterdir()} == {0o600}


def test_what_is_good_is_left_alone(certificates, tmp_path):
    before = {file: file.read_bytes() for file in tmp_path.iterdir()}

    Certificates(tmp_path, "chat.example.org").renew()

    assert {file: file.read_bytes() for file in tmp_path.iterdir()} == before


def test_the_server_s_certificate_is_renewed_by_the_same_authority(certificates, monkeypatch):
    authority, server = certificates.ca_file.read_bytes(), certificates.server_file.read_bytes()
    monkeypatch.setattr(module, "RENEWED_BEFORE", module.SERVER_LIFE + dt.timedelta(days=1))

    certificates.renew()

    assert certificates.ca_file.read_bytes() == authority
    assert certificates.server_file.read_bytes() != server
    assert handshake(certificates, "chat.example.org")


@pytest.mark.parametrize("lost", ["ca.pem", "ca.key", "server.pem", "server.key"])
def test_whichever_file_is_lost_there_is_a_good_chain_again(certificates, tmp_path, lost):
    (tmp_path / lost).unlink()

    certificates.renew()

    assert handshake(certificates, "chat.example.org")


def test_a_file_that_is_no_certificate_is_replaced(certificates):
    certificates.server_file.write_text("rubbish")

    certificates.renew()

    assert handshake(certificates, "chat.example.org")


def test_another_domain_gets_another_authority(certificates, tmp_path):
    moved = Certificates(tmp_path, f"{'long.' * 20}example.net")

    moved.renew()

    assert handshake(moved, f"{'long.' * 20}example.net")
