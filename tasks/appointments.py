"""Work an officers' list into the register: all of it, or with any fault nothing (A0.3, A3.10)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from domain.cell import plain, role
from domain.errors import Refused
from domain.officer import Entry, Fault, clashes, entry
from domain.person import addresses
from domain.post import Post
from domain.succession import Plan, Step, plan
from intake.officers import COLUMNS, Sheet, read
from models import appointment as register
from models import message
from models.audit import Change
from models.base import Session, reading, writing
from models.unit import printed_names
from tasks.entries import known_to, understood, unit_named
from tasks.liaisons import changed_liaisons, concerned, tell_offices
from tasks.runs import anchor


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
        register.lock(session)
        imported, posts = _understood(session, sheet, now)
        if not imported.faults:
            change = Change("registry", "office", now)
            told, slugs = _apply(session, change, imported.steps, posts)
            imported = replace(imported, told=told, programmes=slugs)
    anchor(now)
    return imported


def _understood(session: Session, sheet: Sheet, now: datetime) -> tuple[Imported, list[Post]]:
    """Every line worked into the register as it is now, and that register."""
    asked = [(cells.get("unit", ""), cells.get("programme", "")) for _, cells in sheet.rows]
    known = known_to(session, {(word.strip(), plain(slug)) for word, slug in asked}, now)
    lines = [entry(row, cells, known) for row, cells in sheet.rows]
    sound = [line for line in lines if isinstance(line, Entry)]
    faults = [fault for line in lines if not isinstance(line, Entry) for fault in line]
    faults += [Fault(row, "row", "longer") for row in sheet.longer]
    faults += clashes(sound, now)
    posts = _posts(session, sound)
    made = plan(sound, posts, now, known.zone) if not faults else Plan()
    faults = sorted([*faults, *made.faults], key=_place)
    names = printed_names(session, now.astimezone(known.zone).date())
    steps = () if faults else made.steps
    return Imported(faults, steps, sheet.ignored, names), posts


def _place(fault: Fault) -> tuple[int, int]:
    return fault.row, ("row", *COLUMNS).index(fault.column)


def _posts(session: Session, lines: Sequence[Entry]) -> list[Post]:
    """What the lines are compared with: their units' register, and their people's elsewhere."""
    units = register.posts_of(session, {line.unit for line in lines})
    people = register.posts_of_people(session, {a for line in lines for a in addresses(line)})
    return list({post.id: post for post in (*units, *people)}.values())


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
    before = {(p.officer, p.email, p.phone) for p in posts}
    known = [step.post for step in steps if step.post.officer > 0]
    fresh = [p for p in known if (p.officer, p.email, p.phone) not in before]
    register.write_contacts(session, fresh)
    message.withdraw(session, "handover", [p.id for p in ended if p.void], "officers.replaced")
    tell = [numbers.get(id, id) for id in changed_liaisons(steps, posts)]
    told = tell_offices(session, change, register.posts(session, tell)) if tell else 0
    touched = [step.post for step in steps if step.act != "kept"]
    return told, sorted(concerned(session, change, touched))


def confirm(word: str, role_word: str, now: datetime, slug: str = "") -> list[Post]:
    """Put on record that a unit's people in a role are confirmed; those who were not yet.

    A word for a unit that programmes understand differently needs the one meant, ``slug``.
    """
    wanted = understood(role, plain(role_word))
    with writing() as session:
        register.lock(session)
        unit = unit_named(session, word, slug, now)
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
