"""The programme folder that CONTRIBUTING.md prints, as a stranger copies it."""

import re
from pathlib import Path

import pytest

GUIDE = Path(__file__).parents[2] / "CONTRIBUTING.md"
FILE = re.compile(
    r"^`([\w-]+\.(?:toml|csv))`[^`]*?:\n\n```\w+\n(.*?)^```", re.MULTILINE | re.DOTALL
)


@pytest.fixture
def guide(tmp_path: Path) -> Path:
    """The folder of the guide, word for word."""
    folder = tmp_path / "programmes" / "shiyan-parks"
    folder.mkdir(parents=True)
    for name, text in FILE.findall(GUIDE.read_text("utf-8")):
        (folder / name).write_text(text, "utf-8")
    return folder
