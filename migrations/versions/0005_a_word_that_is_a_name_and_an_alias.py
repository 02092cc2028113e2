"""A word that is a name and an alias"""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

BEFORE = "uq_unit_name_unit_id_name_valid_from"
AFTER = "uq_unit_name_unit_id_name_kind_valid_from"


def upgrade() -> None:
    with op.batch_alter_table("unit_name") as table:
        table.drop_constraint(BEFORE, type_="unique")
        table.create_unique_constraint(AFTER, ["unit_id", "name", "kind", "valid_from"])


def downgrade() -> None:
    with op.batch_alter_table("unit_name") as table:
        table.drop_constraint(AFTER, type_="unique")
        table.create_unique_constraint(BEFORE, ["unit_id", "name", "valid_from"])
