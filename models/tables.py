"""Every table of the product, registered on ``Base.metadata`` by being imported here."""

from models.alert import Alert
from models.audit import AuditEvent, AuditHead
from models.calendar_entry import CalendarEntry
from models.confirmation import Confirmation
from models.delegation import Delegation
from models.head_match import HeadMatch
from models.installation import Installation
from models.matter import MatterRow
from models.message import Message, MessageAppointment, MessageSubject
from models.obligation import Obligation, ObligationEvent
from models.officer import AppointmentRow, AppointmentScope, Officer
from models.outbox import Attempt
from models.programme import ProgrammeVersion
from models.receipt import Blob, FindingRow, Receipt
from models.reminder import ReminderRow
from models.run import Run, Step
from models.task import Milestone, Task, TaskUnit
from models.unit import Membership, Unit, UnitName
from models.unit_change import UnitChange
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
    HeadMatch,
    Alert,
    UnitChange,
    Task,
    TaskUnit,
    Milestone,
    Confirmation,
    MatterRow,
)
UNAUDITED = (
    AuditEvent,
    AuditHead,
    CalendarEntry,
    Installation,
    Officer,
    Message,
    MessageSubject,
    MessageAppointment,
    ReminderRow,
)
