"""An .xlsx file as the package of parts it is: parts changed, dates of writing taken out."""

import zipfile
from collections.abc import Callable
from io import BytesIO

EPOCH = (1980, 1, 1, 0, 0, 0)  # the first instant a package can name


def repacked(content: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """The same parts in the same order, each as ``change(name, part)`` gives it back.

    The same parts give the same bytes, whenever they were written.
    """
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            new.writestr(entry, change(name, old.read(name)))
    return buffer.getvalue()
