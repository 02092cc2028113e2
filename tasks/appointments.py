"""Work an officers' list into the register: all of it, or with any fault nothing (A0.3, A3.10)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from domain.cell import Bad, Known, proposals, role
from domain.errors import Refused
from domain.officer import Entry, Fault, clashes, entry
from domain.reminder import Role
from domain.succession import Plan, Post, Step, plan
from intake.officers import COLUMNS, Sheet, read
from models import appointment as register
from models import message
from models.audit import Change
from models.base import Session, reading, writing
from models.unit import printed_names, resolve
from tasks.liaisons import changed_liaisons, concerned, tell_offices
from tasks.runs import anchor
from tasks.work import programme, sound


@dataclass(frozen=True, slots=True)
class Imported:
    """What a list came to: the faults that kept it out, or what each line did.

    ``programmes`` are those whose pipelines have something new to look at.
    """

    faults: Sequence[Fault] = ()
    steps: Sequence[Step] = ()
    ignored: Sequence[str] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    programmes: Sequence[str] = ()
    told: int = 0


def import_officers(name: str, content: bytes, now: datetime, *, dry_run: bool) -> Imported:
    """Enter a list, or with ``dry_run`` or any fault only say what would come of it."""
    sheet = read(name, content)
    if dry_run:
        with reading() as session:
            return _understood(session, sheet, now)[0]
    with writing() as session:
        imported, posts = _understood(session, sheet, now, lock=True)
        if not imported.faults:
            change = Change("registry", "office", now)
            told, slugs = _apply(session, change, imported.steps, posts)
            imported = replace(imported, told=told, programmes=slugs)
    anchor(now)
    return imported


def _understood(
    session: Session, sheet: Sheet, now: datetime, *, lock: bool = False
) -> tuple[Imported, list[Post]]:
    """Every line worked into the register as it is now, and that register."""
    known = _known(session, sheet, now)
    lines = [entry(row, cells, known) for row, cells in sheet.rows]
    entries = [line for line in lines if isinstance(line, Entry)]
    faults = [fault for line in lines if not isinstance(line, Entry) for fault in line]
    faults += [Fault(row, "row", "longer") for row in sheet.longer]
    faults += clashes(entries, now)
    if lock:
        register.lock_units(session, {e.unit for e in entries})
    posts = _posts(session, entries)
    made = plan(entries, posts, now, known.zone) if not faults else Plan()
    faults = sorted([*faults, *made.faults], key=_place)
    names = printed_names(session, now.astimezone(known.zone).date())
    steps = () if faults else made.steps
    return Imported(faults, steps, sheet.ignored, names), posts


def _place(fault: Fault) -> tuple[int, int]:
    return fault.row, ("row", *COLUMNS).index(fault.column)


def _posts(session: Session, entries: Sequence[Entry]) -> list[Post]:
    """What the lines are compared with: their units' register, and their people's elsewhere."""
    units = register.posts_of(session, {e.unit for e in entries})
    addresses = {address for e in entries for address in (e.email, e.phone) if address}
    people = register.posts_of_people(session, addresses)
    return list({post.id: post for post in (*units, *people)}.values())


def _known(session: Session, sheet: Sheet, now: datetime) -> Known:
    words = {cells.get("unit", "").strip() for _, cells in sheet.rows}
    slugs = sound()
    offices = {slug: {office.code for office in programme(slug).offices} for slug in slugs}
    names = sorted(printed_names(session, now.astimezone(zone()).date()).values())
    return Known(zone(), resolve(session, words), names, offices)


def zone() -> ZoneInfo:
    """The time zone of the installation's programmes, for instants that name none."""
    return programme(sound()[0]).zone


def _apply(
    session: Session, change: Change, steps: Sequence[Step], posts: Sequence[Post]
) -> tuple[int, list[str]]:
    """Write what the steps say; how many mails that made, and the programmes concerned."""
    new = [step.post for step in steps if step.before is None]
    officers = register.new_officers(session, new)
    numbers = register.enter(session, change, register.numbered(new, officers))
    changed = [(step.before, step.post) for step in steps if step.before]
    ended = [post for step in steps for post in step.ended]
    moved = [post for before, post in changed if before.valid_to != post.valid_to]
    register.end(session, change, [*ended, *moved])
    sure = [post for before, post in changed if post.confirmed and not before.confirmed]
    register.confirm(session, change, sure)
    addresses = {(p.officer, p.email, p.phone) for p in posts}
    known = [step.post for step in steps if step.post.officer > 0]
    fresh = [p for p in known if (p.officer, p.email, p.phone) not in addresses]
    register.write_contacts(session, fresh)
    message.withdraw(session, "handover", [p.id for p in ended if p.void], "officers.replaced")
    tell = [numbers.get(id, id) for id in changed_liaisons(steps, posts)]
    told = tell_offices(session, change, register.posts(session, tell)) if tell else 0
    touched = [step.post for step in steps if step.act != "kept"]
    return told, sorted(concerned(session, change, touched))


def confirm(word: str, role_word: str, now: datetime) -> list[Post]:
    """Put on record that a unit's people in a role are confirmed; those who were not yet."""
    wanted = role_of(role_word)
    with writing() as session:
        unit = unit_of(session, word, now)
        register.lock_units(session, {unit})
        found = [p for p in register.posts_of(session, [unit]) if p.role == wanted and not p.void]
        unsure = [p for p in found if not p.confirmed and (p.valid_to is None or p.valid_to > now)]
        if not unsure:
            raise Refused("officers.nothing_to_confirm" if found else "officers.nobody", unit=word)
        change = Change("registry", "office", now)
        register.confirm(session, change, unsure)
        if wanted == "liaison":
            tell_offices(session, change, unsure)
    anchor(now)
    return unsure


def unit_of(session: Session, word: str, now: datetime) -> str:
    """The unit a word names exactly; Refused, with the nearest names, when there is none."""
    found = resolve(session, [word.strip()])
    if word.strip() not in found:
        names = sorted(printed_names(session, now.astimezone(zone()).date()).values())
        near = proposals(word, names)
        raise Refused("officers_fault.unknown_unit", value=word, right=near)
    return found[word.strip()]


def role_of(word: str) -> Role:
    """The role a word names; Refused, naming those there are, when there is none."""
    try:
        return role(word.strip())
    except Bad as bad:
        raise Refused(f"officers_fault.{bad.rule}", **bad.values) from None
