"""The tables of the damage desk, the same on SQLite and PostgreSQL. Times in seconds since 1970."""

import sqlalchemy as sa

META = sa.MetaData()

REPORTS = sa.Table(
    "damage_reports",
    META,
    sa.Column("reference", sa.Text, primary_key=True),
    sa.Column("conversation", sa.Text, nullable=False, index=True),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("customer", sa.Text),
    sa.Column("assessment", sa.JSON, nullable=False),
    sa.Column("answers", sa.JSON, nullable=False),
    sa.Column("filed_at", sa.Float, nullable=False),
    sa.Column("updated_at", sa.Float, nullable=False, index=True),
)

# `report`: the reference; empty until the conversation comes to a report.
PHOTOS = sa.Table(
    "damage_photos",
    META,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("conversation", sa.Text, nullable=False, index=True),
    sa.Column("report", sa.Text, index=True),
    sa.Column("media_type", sa.Text, nullable=False),
    sa.Column("size", sa.Integer, nullable=False),
    sa.Column("sha256", sa.Text, nullable=False),
    sa.Column("received_at", sa.Float, nullable=False),
    sa.Column("content", sa.LargeBinary, nullable=False),
)
