"""Members are read row by row; a row is compared with the rows of its own unit alone."""

from datetime import date
from pathlib import Path

import pytest

from domain.errors import ProgrammeRefused
from programmes import membership
from programmes.membership import read_members

HEAD = "unit,class,group,from,to,source\n"


def read(home: Path, *lines: str) -> int:
    (home / "members.csv").write_text(HEAD + "\n".join(lines), "utf-8")
    units = {line.split(",")[0] for line in lines}
    return len(read_members(home, units, ["county"], []))


def test_rows_of_other_units_are_not_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    overlap, looks = membership._overlap, list[str]()

    def watched(one: membership.Member, other: membership.Member) -> bool:
        looks.append(one.unit)
        return overlap(one, other)

    monkeypatch.setattr(membership, "_overlap", watched)
    left = date(2026, 1, 1)
    rows = [f"u-{n},county,,,," for n in range(50)]
    again = (f"u-0,county,,,{left},x", f"u-0,county,,{left},,x")
    assert read(tmp_path, *(f"{row}x" for row in rows[1:]), *again) == 51
    assert looks == ["u-0"]


def test_a_unit_that_is_twice_in_on_one_day_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ProgrammeRefused) as refusal:
        read(tmp_path, "u-0,county,,,,x", "u-1,county,,,,x", "u-0,county,,2026-01-01,,x")
    assert refusal.value.key == "registry.member_twice"
