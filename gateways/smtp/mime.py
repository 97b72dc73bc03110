"""A mail as it goes over the wire (RFC 5322, MIME)."""

from __future__ import annotations

from datetime import datetime
from email.header import Header
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from typing import Any, Final

from ontology.mail.concepts import Mail

SENDER_NAME: Final = "Steward"


class _Policy(EmailPolicy):
    """Writes two kinds of field otherwise than the library.

    It would break one long word and encode its pieces (RFC 2047), which nobody undoes in a
    field of URLs or ids; a line may have 998 characters (RFC 5322, 2.1.1). Of a subject it
    reads what looks encoded, and where it mixes encoded and plain words, a space more may come
    out in the end.
    """

    def header_store_parse(self, name: str, value: Any) -> tuple[str, Any]:
        if name.lower() != "subject":
            return super().header_store_parse(name, value)
        if len(value.splitlines()) > 1:
            raise ValueError("a subject is one line")
        return name, value

    def fold_binary(self, name: str, value: Any) -> bytes:
        if name.lower() in {"list-unsubscribe", "message-id"}:
            return f"{name}: {value}{self.linesep}".encode("ascii")
        if name.lower() == "subject":
            encoded = Header(str(value), "utf-8", header_name=name).encode(linesep=self.linesep)
            return f"{name}: {encoded}{self.linesep}".encode("ascii")
        return super().fold_binary(name, value)


_POLICY: Final = _Policy(linesep="\r\n", cte_type="7bit")


def as_bytes(mail: Mail, sender: str, now: datetime) -> bytes:
    """Return a mail from ``sender``, in ASCII, with lines of a bearable length.

    Text and HTML are alternatives of one another, the calendar entry is attached.
    Raises ValueError where a header would hold a line break.
    """
    message = EmailMessage(policy=_POLICY)
    message["From"] = f"{SENDER_NAME} <{sender}>"
    message["To"] = mail.to
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(now)
    message["Message-ID"] = mail.message_id
    for name, value in mail.headers.items():
        message[name] = value
    message.set_content(mail.text)
    message.add_alternative(mail.html, subtype="html")
    if mail.calendar is not None:
        message.add_attachment(
            mail.calendar,
            maintype="text",
            subtype="calendar",
            filename="reminder.ics",
            params={"method": "PUBLISH", "charset": "utf-8"},
        )
    return message.as_bytes()
