"""The migrations make exactly the tables of the models, once, and never on a newer database."""

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect
from sqlalchemy.exc import IntegrityError

from domain.errors import Refused
from migrations import migrate
from models.base import Base, engine
from tests.build import sql


def test_the_migrations_make_what_the_models_say(database):
    with engine().connect() as connection:
        options = {"compare_type": True, "compare_server_default": True}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Base.metadata) == []


def test_the_committed_head_is_the_newest_revision():
    scripts = ScriptDirectory(migrate.HERE)
    assert scripts.get_heads() == [migrate.head()]


def test_an_empty_database_has_no_revision_and_is_brought_to_the_head(empty_database):
    assert migrate.current() is None
    assert migrate.upgrade()
    assert migrate.current() == migrate.head()


def test_a_second_upgrade_does_nothing(database):
    before = inspect(engine()).get_table_names()
    assert not migrate.upgrade()
    assert inspect(engine()).get_table_names() == before


def test_every_constraint_in_the_database_has_a_name(database):
    found = inspect(engine())
    for table in Base.metadata.tables:
        keys = [found.get_pk_constraint(table), *found.get_unique_constraints(table)]
        keys += [*found.get_foreign_keys(table), *found.get_check_constraints(table)]
        assert all(key["name"] for key in keys), table


def test_a_database_of_a_newer_version_is_refused_and_left_alone(database):
    sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(Refused, match="数据库是更新版本的洛书用过的") as refusal:
        migrate.upgrade()
    assert refusal.value.key == "database.newer"
    assert migrate.current() == "9999"


def test_a_migration_that_fails_leaves_nothing_behind(empty_database):
    sql("CREATE TABLE workday_override (id integer)")
    with pytest.raises(Exception, match="workday_override"):
        migrate.upgrade()
    assert inspect(engine()).get_table_names() == ["workday_override"]


def test_appointments_of_the_first_schema_survive_with_their_keys(empty_database):
    with engine().begin() as connection:
        command.upgrade(migrate._config(connection), "0001")
    at = "'2026-01-01 00:00:00+00:00'"
    sql(f"INSERT INTO unit (id, recorded_at) VALUES ('ly-jianxi', {at})")
    sql("INSERT INTO officer (id, name, email, phone) VALUES (7, '张三', '', '')")
    columns = "officer_id, unit_id, role, valid_from, recorded_at"
    row = f"7, 'ly-jianxi', 'liaison', {at}, {at}"
    sql(f"INSERT INTO appointment (id, {columns}) VALUES (3, {row})")
    before = sql("SELECT * FROM appointment")
    assert migrate.upgrade()
    assert sql("SELECT * FROM appointment") == before
    sql(f"INSERT INTO appointment (id, {columns}) VALUES (4, {row})")  # for another office
    with pytest.raises(IntegrityError):
        sql("INSERT INTO message_appointment (message_id, appointment_id) VALUES (1, 99)")
