"""A message as it leaves: its words, and its bytes. Knows no programme and no database."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

XLSX = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")
TEMPLATES = Path(__file__).parent / "templates"


class BadAddress(ValueError):
    """No mail can go to what is entered as an address; says nothing of it, it is personal."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One message to one address; ``key`` makes its Message-ID, ``at`` its date.

    ``files`` are attached to a mail, by name; they are workbooks.
    """

    key: str
    kind: str
    channel: str
    sender: str
    address: str
    at: datetime
    context: dict[str, Any]
    files: Mapping[str, bytes] = field(default_factory=dict)


def render(letter: Letter) -> tuple[str, str]:
    """Subject and text of a message: the first line of its template, and what follows."""
    template = _environment().get_template(f"{letter.kind}.{letter.channel}.j2")
    subject, _, text = template.render(letter.context).strip().partition("\n")
    return subject.strip(), text.strip() + "\n"


def to_bytes(letter: Letter, domain: str) -> bytes:
    """The frozen bytes of a message: an RFC 5322 mail, or the text of an SMS after its number."""
    subject, text = render(letter)
    if letter.channel == "sms":
        return f"{letter.address}\n{subject}\n".encode()
    mail = EmailMessage()
    mail["Subject"] = subject
    mail["From"] = Address(letter.sender, "luoshu", domain)
    mail["To"] = _mailbox(letter.address)
    mail["Date"] = format_datetime(letter.at)
    mail["Message-ID"] = f"<{letter.key}@{domain}>"
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: no vacation replies, please
    mail.set_content(text, cte="base64")
    for name, content in letter.files.items():
        mail.add_attachment(content, *XLSX, filename=name)
    if letter.files:
        mail.set_boundary(f"=_{letter.key}")  # else it is drawn by lot
    return mail.as_bytes()


def _mailbox(address: str) -> Address:
    try:
        if address.isascii():  # anything else needs SMTPUTF8 all the way: not to be counted on
            return Address(addr_spec=address)
    except (ValueError, IndexError, HeaderParseError):
        pass
    raise BadAddress


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # plain text, never HTML
    )
