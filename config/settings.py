"""Settings, read once from the environment.

A setting is a variable `STEWARD_<NAME>`; unset or empty means its default. Where Docker mounts
secrets, a file of that name in lower case under /run/secrets serves as well.
"""

from __future__ import annotations

import difflib
import ipaddress
import os
from pathlib import Path
from typing import Any, Literal

from platformdirs import user_data_path
from pydantic import AliasChoices, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from config.formats import (
    EMBEDDED,
    DatabaseURL,
    Directory,
    Domain,
    IPAddress,
    Level,
    Mailbox,
    PhoneNumber,
    Port,
    PublicURL,
    Server,
    SmtpURL,
    WebURL,
    Zone,
)
from config.zones import system_zone, use_packaged_zones
from ontology.errors import SettingsError

PREFIX = "STEWARD_"
SECRETS = Path("/run/secrets")
OF_PROSODY = frozenset(
    f"{PREFIX}{name}"
    for name in ("CERTIFICATE", "CERTIFICATE_KEY", "PROSODY_DATA", "PROSODY_MODULES")
)
"""Variables that prosody/prosody.cfg.lua reads, set by us or in its container."""


class Settings(BaseSettings):
    """Everything that differs between two installations.

    The description of a field completes the sentence "it has to be ...", which is what a person
    reads who set it wrong.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_ignore_empty=True,
        frozen=True,
        extra="ignore",
        populate_by_name=True,
    )

    home: Directory = Field(
        default_factory=lambda: user_data_path("steward", appauthor=False),
        description="the directory that holds all state",
    )
    xmpp_server: Server = Field(
        default=EMBEDDED,
        description="'embedded', or the host:port of an XMPP server that runs elsewhere",
    )
    xmpp_host: IPAddress = Field(
        default="127.0.0.1", description="the IP address on which the embedded server listens"
    )
    xmpp_port: Port | None = Field(
        default=None, description="a port from 1024 to 65535, or 0 for any free one"
    )
    xmpp_domain: Domain = Field(
        default="localhost", description="a domain name such as localhost or chat.example.org"
    )
    xmpp_ca_file: Directory | None = Field(
        default=None,
        description="a file with the certificates that an external server is trusted by",
    )
    federation: bool = Field(
        default=False, description="true to talk to other XMPP servers, or false"
    )
    archive_policy: Literal["none", "roster"] = Field(
        default="none",
        description="'none' or 'roster': whose messages the embedded server archives unasked",
    )
    prosody_log_level: Literal["debug", "info", "warn", "error"] = Field(
        default="info", description="debug, info, warn or error"
    )
    http_host: IPAddress = Field(
        default="127.0.0.1", description="the IP address on which the web pages are served"
    )
    http_allow_remote: bool = Field(
        default=False, description="true to serve the web pages beyond this machine, or false"
    )
    http_port: Port | None = Field(
        default=None, description="a port from 1024 to 65535, or 0 for any free one"
    )
    http_open_metrics: bool = Field(
        default=False,
        description="true to show /metrics to whoever reaches the web pages, or false",
    )
    database_url: DatabaseURL | None = Field(
        default=None,
        validation_alias=AliasChoices(f"{PREFIX}DATABASE_URL", "DATABASE_URL"),
        description="a URL such as postgresql://user:password@host:5432/name",
    )
    timezone: Zone = Field(
        default_factory=system_zone,
        description="a name of the IANA time zone database such as Europe/Berlin",
    )
    public_url: PublicURL | None = Field(
        default=None,
        description="the https:// address by which others reach this machine's web pages",
    )
    telegram_token: SecretStr | None = Field(
        default=None, description="the token that @BotFather gave to your bot"
    )
    telegram_url: WebURL = Field(
        default="https://api.telegram.org",
        description="the http(s):// address of a Telegram Bot API server",
    )
    twilio_account: str | None = Field(
        default=None, description="an account SID of Twilio, such as AC and 32 hex digits"
    )
    twilio_token: SecretStr | None = Field(
        default=None, description="the auth token of the Twilio account"
    )
    twilio_number: PhoneNumber | None = Field(
        default=None,
        description="your Twilio number with its country code, such as +4930123456",
    )
    twilio_whatsapp: PhoneNumber | None = Field(
        default=None, description="your WhatsApp sender at Twilio, such as +14155238886"
    )
    twilio_url: WebURL = Field(
        default="https://api.twilio.com", description="the http(s):// address of Twilio's API"
    )
    mail_from: Mailbox | None = Field(
        default=None,
        description="the address that mails come from, such as steward@example.org",
    )
    smtp_url: SmtpURL | None = Field(
        default=None,
        description="a URL such as smtp://user:password@host:587 or smtps://user:password@host",
    )
    sendgrid_key: SecretStr | None = Field(
        default=None, description="an API key of SendGrid that may send mail"
    )
    sendgrid_event_key: str | None = Field(
        default=None, description="the public key by which SendGrid signs its events"
    )
    sendgrid_url: WebURL = Field(
        default="https://api.sendgrid.com",
        description="the http(s):// address of SendGrid's API",
    )
    log_level: Level = Field(default="info", description="debug, info, warning or error")

    @property
    def given(self) -> frozenset[str]:
        """The names of the settings that have a value."""
        return frozenset(name for name in type(self).model_fields if getattr(self, name))

    @property
    def embedded_xmpp(self) -> bool:
        """Whether Prosody is ours to run."""
        return self.xmpp_server == EMBEDDED

    @classmethod
    def read(cls) -> Settings:
        """Read the environment.

        Also turns this process to the packaged time zones, by which zone names are judged.

        Raises:
            SettingsError: in one line, the first setting that is wrong and how to mend it.
        """
        _refuse_unknown()
        use_packaged_zones()
        sources: dict[str, Any] = {"_secrets_dir": SECRETS} if SECRETS.is_dir() else {}
        try:
            settings = cls(**sources)
        except ValidationError as error:
            raise SettingsError(_complaint(error)) from None
        settings._refuse_remote_pages()
        return settings

    def _refuse_remote_pages(self) -> None:
        if not self.http_allow_remote and not ipaddress.ip_address(self.http_host).is_loopback:
            raise SettingsError(
                f"{PREFIX}HTTP_HOST is {self.http_host}, which others can reach: set it to "
                f"127.0.0.1, or set {PREFIX}HTTP_ALLOW_REMOTE=true if that is meant."
            )


_SECRET = frozenset(
    name
    for name, field in Settings.model_fields.items()
    if "SecretStr" in str(field.annotation)
)
"""Settings that are, or hold, a password: never shown."""


def _refuse_unknown() -> None:
    """Raise SettingsError for a variable that looks like ours and is none."""
    known = {f"{PREFIX}{field}".upper() for field in Settings.model_fields} | OF_PROSODY
    for name in sorted(os.environ):
        if name.upper().startswith(PREFIX) and name.upper() not in known:
            near = difflib.get_close_matches(name.upper(), sorted(known - OF_PROSODY), 1, 0)
            raise SettingsError(
                f"{name} is no setting of Steward; the nearest is {near[0]}: "
                "correct the name, or unset it. The README lists all of them."
            )


def _complaint(error: ValidationError) -> str:
    first = error.errors(include_url=False)[0]
    field = str(first["loc"][0]).lower().removeprefix(PREFIX.lower())
    variable = f"{PREFIX}{field.upper()}"
    if field == "database_url" and not os.environ.get(variable):
        variable = "DATABASE_URL"
    must_be = Settings.model_fields[field].description
    is_now = "wrong" if field in _SECRET else repr(str(first["input"])[:80])
    return f"{variable} is {is_now}: it has to be {must_be}."
