"""A certificate authority of our own, for the one domain that the embedded server speaks for.

Clients trust the XMPP server by `ca.pem`. The authority may sign for its domain only, so that
nobody who imports it trusts it with anything else. Key usage and key identifiers are present,
without which Python 3.13 refuses a chain (RFC 5280, section 4.2.1).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

AUTHORITY_LIFE = dt.timedelta(days=3650)
SERVER_LIFE = dt.timedelta(days=800)
RENEWED_BEFORE = dt.timedelta(days=400)
"""A certificate with less left than this is renewed at the next start."""
CLOCK_SKEW = dt.timedelta(days=1)


class Certificates:
    """The files of one authority and of the server certificate that it signed.

    Args:
        directory: where they are kept; it exists, 0700.
        domain: the XMPP domain (RFC 6120, section 13.7: the name that clients check).
    """

    def __init__(self, directory: Path, domain: str) -> None:
        self._domain = domain
        self.ca_file = directory / "ca.pem"
        self._ca_key_file = directory / "ca.key"
        self.server_file = directory / "server.pem"
        self.server_key_file = directory / "server.key"

    def renew(self) -> None:
        """Make or renew what is missing, about to expire, or made for another domain."""
        authority = _load(self.ca_file)
        if authority is None or not self._fits(authority) or not self._ca_key_file.exists():
            authority = self._make_authority()
        server = _load(self.server_file)
        if (
            server is None
            or not self._fits(server)
            or server.issuer != authority.subject
            or not _signed(server, authority)
            or not self.server_key_file.exists()
        ):
            self._make_server(authority)

    def _fits(self, certificate: x509.Certificate) -> bool:
        left = certificate.not_valid_after_utc - dt.datetime.now(dt.UTC)
        return left > RENEWED_BEFORE and x509.DNSName(self._domain) in _domains(certificate)

    def _make_authority(self) -> x509.Certificate:
        key = ec.generate_private_key(ec.SECP256R1())
        name = _name(f"Steward of {self._domain}")
        builder = (
            _builder(name, name, key.public_key(), key.public_key(), AUTHORITY_LIFE)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_usage(signs_certificates=True), critical=True)
            .add_extension(
                x509.NameConstraints([x509.DNSName(self._domain)], None), critical=True
            )
        )
        certificate = builder.sign(key, hashes.SHA256())
        _write(self._ca_key_file, _private(key))
        _write(self.ca_file, certificate.public_bytes(serialization.Encoding.PEM))
        return certificate

    def _make_server(self, authority: x509.Certificate) -> None:
        signer = serialization.load_pem_private_key(self._ca_key_file.read_bytes(), None)
        assert isinstance(signer, ec.EllipticCurvePrivateKey)
        key = ec.generate_private_key(ec.SECP256R1())
        builder = (
            _builder(
                _name(self._domain),
                authority.subject,
                key.public_key(),
                signer.public_key(),
                SERVER_LIFE,
            )
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_usage(signs_certificates=False), critical=True)
            .add_extension(
                x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False
            )
            .add_extension(
                x509.SubjectAlternativeName([x509.DNSName(self._domain)]), critical=False
            )
        )
        certificate = builder.sign(signer, hashes.SHA256())
        _write(self.server_key_file, _private(key))
        _write(self.server_file, certificate.public_bytes(serialization.Encoding.PEM))


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePublicKey,
    signer: ec.EllipticCurvePublicKey,
    life: dt.timedelta,
) -> x509.CertificateBuilder:
    now = dt.datetime.now(dt.UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - CLOCK_SKEW)
        .not_valid_after(now + life)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signer), critical=False
        )
    )


def _domains(certificate: x509.Certificate) -> Sequence[x509.GeneralName]:
    """Return what a server's certificate speaks for, or what an authority may sign for."""
    try:
        for extension in certificate.extensions:
            if isinstance(extension.value, x509.SubjectAlternativeName):
                return list(extension.value)
            if isinstance(extension.value, x509.NameConstraints):
                return extension.value.permitted_subtrees or []
    except ValueError:
        return []
    return []


def _name(common: str) -> x509.Name:
    longest = 64  # RFC 5280, ub-common-name
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common[:longest])])


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _private(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _signed(certificate: x509.Certificate, authority: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(authority)
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True


def _load(file: Path) -> x509.Certificate | None:
    try:
        return x509.load_pem_x509_certificate(file.read_bytes())
    except (OSError, ValueError):
        return None


def _write(file: Path, content: bytes) -> None:
    draft = file.with_name(f".{file.name}")
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600)
    draft.write_bytes(content)
    draft.rename(file)
