"""Keep phones and mailboxes out of every log, whoever writes it: Prefect stores what is logged."""

import logging
import re
import traceback
from typing import Any

PERSONAL = re.compile(
    r"(?<!\d)(?:\+?86[- ]?|0)?1\d{2}[- ]?\d{4}[- ]?\d{4}(?!\d)"  # a mobile number, grouped or not
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
)
MASK = "***"


def mask(text: str) -> str:
    """The text without phone numbers and mail addresses."""
    return PERSONAL.sub(MASK, text)


def mask_name(name: str) -> str:
    """A person's name as others may see it: the surname, and that there is more."""
    return name[:1] + "*" * (len(name) - 1)


def mask_email(address: str) -> str:
    """A mailbox as others may see it: its first letter, and the domain."""
    box, at, domain = address.partition("@")
    return f"{box[:1]}{MASK}{at}{domain}" if address else ""


def mask_phone(number: str) -> str:
    """A phone number as others may see it: its first three digits and its last four."""
    return f"{number[:3]}****{number[-4:]}" if number else ""


def install() -> None:
    """Mask every log record of this process as it is made; calling it again changes nothing."""
    make = logging.getLogRecordFactory()
    if not isinstance(make, _Masked):
        logging.setLogRecordFactory(_Masked(make))


class _Masked:
    """A record factory that masks what the one before it made."""

    def __init__(self, make: Any) -> None:
        self.make = make

    def __call__(self, *args: Any, **kwargs: Any) -> logging.LogRecord:
        record: logging.LogRecord = self.make(*args, **kwargs)
        try:
            record.msg, record.args = mask(record.getMessage()), ()
        except (TypeError, ValueError):  # a slip in somebody's format string is not ours to raise
            record.msg, record.args = mask(str(record.msg)), ()
        if record.exc_info:  # formatters print this text when it is there
            record.exc_text = mask("".join(traceback.format_exception(*record.exc_info)).rstrip())
        return record
