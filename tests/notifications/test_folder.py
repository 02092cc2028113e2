"""The folder transport: a message is one file, however often it is sent; failures stay alone."""

import pytest

from notifications.deliver import Envelope, deliver
from notifications.folder import Folder


def files(folder):
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.mark.parametrize(("channel", "name"), [("email", "email/k.eml"), ("sms", "sms/k.txt")])
def test_the_same_message_again_is_the_same_file(tmp_path, channel, name):
    envelope = Envelope("k", channel, "周调度".encode())
    assert deliver(Folder(tmp_path), [envelope, envelope]) == [None, None]
    assert files(tmp_path) == {name: envelope.body}


def test_one_failure_does_not_stop_the_rest(tmp_path):
    (tmp_path / "sms").write_text("a file where the folder should be")
    envelopes = [Envelope("1", "sms", b"x"), Envelope("2", "email", b"y")]
    refused, sent = deliver(Folder(tmp_path), envelopes)
    assert (refused.code, refused.permanent, sent) == ("folder-17", False, None)
    assert (tmp_path / "email" / "2.eml").read_bytes() == b"y"


def test_nothing_to_send_is_no_error(tmp_path):
    assert deliver(Folder(tmp_path), []) == []
