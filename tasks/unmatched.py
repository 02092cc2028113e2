"""Match again what nobody owed when it came: a report filed before its occasion opened."""

from collections.abc import Sequence
from datetime import timedelta

from prefect import task
from prefect.cache_policies import NO_CACHE

from domain.sentences import say
from intake.submission import read
from models import obligation, receipt
from models.base import reading, writing
from tasks.matching import answers
from tasks.receipts import received
from tasks.work import Work

LOOK_BACK = timedelta(days=60)
MAY_CHANGE = ("intake.not_owed", "intake.unknown_unit", "intake.which_form")


def unmatched(work: Work) -> list[int]:
    """Receipts of the programme that may answer an obligation by now, oldest first."""
    with reading() as session:
        since = work.now - LOOK_BACK
        return receipt.unmatched_ids(session, work.programme, MAY_CHANGE, since)


@task(task_run_name=say("task.match"), cache_policy=NO_CACHE)
def match_again(work: Work, receipts: Sequence[int]) -> int:
    """Give each receipt the obligation it answers, if one has opened; how many found one."""
    with writing() as session:
        kept = receipt.contents(session, receipts)
        sent = [read(k.source, k.content) for k in kept]
        found = zip(kept, sent, answers(session, work, sent), strict=True)
        owed = {(o.id, k.sha256): (k.id, dict(s.values)) for k, s, (o, _) in found if o}
        taken = receipt.earlier(session, set(owed))
        fresh = {
            id: (obligation_id, values)
            for (obligation_id, sha256), (id, values) in owed.items()
            if (obligation_id, sha256) not in taken
        }
        rows = receipt.assign(session, work.change("unit"), fresh)
        obligation.add_events(session, work.change("unit"), [received(row) for row in rows])
    return len(rows)
