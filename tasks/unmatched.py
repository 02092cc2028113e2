"""Match again what nobody owed when it came: a report filed before its occasion opened."""

from collections.abc import Sequence
from datetime import timedelta

from prefect import task
from prefect.cache_policies import NO_CACHE

from domain.sentences import say
from models import obligation, receipt, stuck
from models.base import pages, reading, writing
from tasks.answers import answers
from tasks.contents import readings
from tasks.receipts import received
from tasks.work import Work, programme

AT_ONCE = 50  # files whose tables are in memory together
LOOK_BACK = timedelta(days=60)
MAY_CHANGE = ("intake.not_owed", "intake.unknown_unit", "intake.which_form")


def unmatched(work: Work) -> list[int]:
    """Receipts of the programme that may answer an obligation by now, oldest first."""
    with reading() as session:
        since = work.now - LOOK_BACK
        return stuck.unmatched_ids(session, work.programme, MAY_CHANGE, since)


@task(task_run_name=say("task.match"), cache_policy=NO_CACHE)
def match_again(work: Work, receipts: Sequence[int]) -> int:
    """Give each receipt the obligation it answers, if one has opened; how many found one."""
    return sum(_match(work, page) for page in pages(receipts, AT_ONCE))


def _match(work: Work, receipts: Sequence[int]) -> int:
    with reading() as session:
        kept = stuck.contents(session, receipts)
    read = readings(programme(work.programme), [(k.source, k.content) for k in kept])
    with writing() as session:
        still = stuck.lock_unmatched(session, receipts)  # another run may have been quicker
        found = zip(kept, answers(session, work, read), strict=True)
        owed = {(o.id, k.sha256): (k.id, sent) for k, (sent, o) in found if o and k.id in still}
        taken = receipt.earlier(session, set(owed))
        fresh = {
            id: (obligation_id, dict(sent.values), sent.problem)
            for (obligation_id, sha256), (id, sent) in owed.items()
            if (obligation_id, sha256) not in taken
        }
        rows = stuck.assign(session, work.change("unit"), fresh)
        obligation.add_events(session, work.change("unit"), [received(row) for row in rows])
    return len(rows)
