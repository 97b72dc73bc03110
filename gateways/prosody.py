"""Prosody, the XMPP server, as a child process.

Its configuration is prosody/prosody.cfg.lua, the same file for every use; what differs comes
from the environment. Whoever runs it (see agents.servers) starts `command()`.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import os
import shutil
import signal
import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from gateways.certificates import Certificates
from gateways.prosody_lists import mend_lists
from ontology.errors import PortTaken, ServerError

ROOM = Path(__file__).resolve().parent.parent / "prosody"
CONFIGURATION = ROOM / "prosody.cfg.lua"
MODULES = ROOM / "modules"
SYSTEM_PATH = "/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin"
LOOK_SECONDS = 0.01
ANSWER_SECONDS = 5.0

STREAM = (
    "<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' "
    "version='1.0' to='{domain}'>"
)
STARTTLS = "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>"


@dataclass(frozen=True)
class Options:
    """What an installation may choose.

    Attributes:
        host: the IP address to listen on.
        port: the TCP port to listen on.
        domain: the one domain that is served.
        archive_policy: "none", or "roster" to archive everybody's talks with contacts.
        federation: whether other servers may connect.
        log_level: debug, info, warn or error; debug shows stanzas.
    """

    host: str
    port: int
    domain: str
    archive_policy: str = "none"
    federation: bool = False
    log_level: str = "info"


class EmbeddedProsody:
    """A Prosody of our own.

    Args:
        directory: its data: accounts, rosters, archives.
        certificates: a directory for the certificate authority, 0700.
        options: see there.
        programs: where prosody/obtain unpacked a Prosody, if it had to.
        prefix: a command in front of every program, under which it runs unprivileged.
    """

    name = "prosody"
    stop_signal = death_signal = signal.SIGTERM
    """Connected clients are told; what they did not acknowledge goes to their offline store."""

    def __init__(
        self,
        directory: Path,
        certificates: Path,
        options: Options,
        *,
        programs: Path | None = None,
        prefix: Sequence[str] = (),
    ) -> None:
        self._directory = directory
        self._certificates = Certificates(certificates, options.domain)
        self._options = options
        self._prefix = tuple(prefix)
        self._path = os.pathsep.join(
            [
                os.environ.get("PATH", ""),
                SYSTEM_PATH,
                *([f"{programs}/bin"] if programs else []),
            ]
        )

    @property
    def ca_file(self) -> Path:
        """The certificates by which clients recognise this server."""
        return self._certificates.ca_file

    @property
    def address(self) -> tuple[str, int]:
        """Where clients on this machine connect to."""
        everywhere = {"0.0.0.0": "127.0.0.1", "::": "::1"}
        return everywhere.get(self._options.host, self._options.host), self._options.port

    async def prepare(self) -> None:
        """Make the data directory and certificates if need be; mend what a crash broke.

        Raises:
            ServerError: there is no Prosody here.
        """
        self._program("prosody")
        self._directory.mkdir(mode=0o700, exist_ok=True)
        mend_lists(self._directory)
        self._certificates.renew()

    def command(self) -> list[str]:
        """Return the command line."""
        return [self._program("prosody"), "--config", str(CONFIGURATION), "-F"]

    def environment(self) -> dict[str, str]:
        """Return the whole environment, which is where the configuration looks."""
        return {
            "PATH": self._path,
            "HOME": str(self._directory),
            "TZ": "UTC",
            "LC_ALL": "C.UTF-8",
            "STEWARD_PROSODY_DATA": str(self._directory),
            "STEWARD_PROSODY_MODULES": str(MODULES),
            "STEWARD_PROSODY_LOG_LEVEL": self._options.log_level,
            "STEWARD_XMPP_DOMAIN": self._options.domain,
            "STEWARD_XMPP_HOST": self._options.host,
            "STEWARD_XMPP_PORT": str(self._options.port),
            "STEWARD_CERTIFICATE": str(self._certificates.server_file),
            "STEWARD_CERTIFICATE_KEY": str(self._certificates.server_key_file),
            "STEWARD_ARCHIVE_POLICY": self._options.archive_policy,
            "STEWARD_FEDERATION": str(self._options.federation).lower(),
        }

    async def ready(self) -> None:
        """Return as soon as this server, no other, answers; wait without end for that.

        Raises:
            ServerError: another XMPP server answers on the port.
        """
        while not await self._answers():  # noqa: ASYNC110 - nothing here could set an event
            await asyncio.sleep(LOOK_SECONDS)

    def orphan(self) -> int | None:
        """Return the id of a server process that still works on this directory, if any."""
        try:
            with (self._directory / "prosody.pid").open("r+") as file:
                # Prosody locks this file as long as it lives.
                try:
                    fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except OSError:
                    return int(file.read())
        except (OSError, ValueError):
            pass
        return None

    async def register(self, passwords: Mapping[str, str]) -> None:
        """Make sure that these accounts (local parts) exist and have these passwords.

        May be repeated, works whether the server runs or not, by any process of the home.

        Raises:
            ServerError: Prosody refused, with what it said.
        """
        process = await asyncio.create_subprocess_exec(
            *self._prefix,
            self._program("prosodyctl"),
            *("--config", str(CONFIGURATION), "mod_steward_accounts", self._options.domain),
            env=self.environment(),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        lines = "".join(f"{name}\t{password}\n" for name, password in passwords.items())
        output, _ = await process.communicate(lines.encode())
        if process.returncode != 0:
            told = " ".join(output.decode(errors="replace").split())[-300:]
            raise ServerError(
                f"Prosody did not take an account for {self._options.domain}: {told}"
            )

    async def _answers(self) -> bool:
        writer = None
        try:
            # There is none yet while another process makes it.
            context = ssl.create_default_context(cafile=self.ca_file)
            async with asyncio.timeout(ANSWER_SECONDS):
                reader, writer = await asyncio.open_connection(*self.address)
                writer.write(STREAM.format(domain=self._options.domain).encode())
                await reader.readuntil(b"</stream:features>")
                writer.write(STARTTLS.encode())
                await reader.readuntil(b"/>")
                await writer.start_tls(context, server_hostname=self._options.domain)
        except ssl.SSLCertVerificationError:
            raise port_taken(*self.address) from None
        except (OSError, EOFError, TimeoutError, asyncio.LimitOverrunError):
            return False
        finally:
            if writer is not None:
                writer.close()
                with contextlib.suppress(OSError, TimeoutError):
                    async with asyncio.timeout(ANSWER_SECONDS):
                        await writer.wait_closed()
        return True

    def _program(self, name: str) -> str:
        program = shutil.which(name, path=self._path)
        if program is None:
            raise ServerError(
                f"There is no {name}: `make install` obtains Prosody, the XMPP server; or "
                "set STEWARD_XMPP_SERVER to an XMPP server that runs elsewhere."
            )
        return program


def port_taken(host: str, port: int) -> PortTaken:
    """Return the error that says so."""
    return PortTaken(
        f"Another server than this home's listens on {host} port {port}: "
        "stop it, or set STEWARD_XMPP_PORT to another port (0 for any free one)."
    )
