"""Every table of the product, registered on ``Base.metadata`` by being imported here."""

from models.alert import Alert
from models.audit import AuditEvent, AuditHead
from models.delegation import Delegation
from models.installation import Installation
from models.message import Message, MessageAppointment, MessageSubject
from models.obligation import Obligation, ObligationEvent
from models.officer import AppointmentRow, AppointmentScope, Officer
from models.outbox import Attempt
from models.programme import ProgrammeVersion
from models.receipt import Blob, FindingRow, Receipt
from models.reminder import ReminderRow
from models.run import Run, Step
from models.unit import Membership, Unit, UnitName
from models.workday import WorkdayOverride

# The facts the audit covers; the rest is working state or, like officers, may be erased.
AUDITED = (
    Unit,
    UnitName,
    Membership,
    AppointmentRow,
    AppointmentScope,
    Delegation,
    ProgrammeVersion,
    Obligation,
    ObligationEvent,
    Blob,
    Receipt,
    FindingRow,
    Attempt,
    Run,
    Step,
    WorkdayOverride,
    Alert,
)
UNAUDITED = (
    AuditEvent,
    AuditHead,
    Installation,
    Officer,
    Message,
    MessageSubject,
    MessageAppointment,
    ReminderRow,
)
