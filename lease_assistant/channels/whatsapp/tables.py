"""The tables of the durable inbox and outbox, the same on SQLite and PostgreSQL. Times in seconds since 1970."""

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from lease_assistant import sql

META = sa.MetaData()

# `claimed_by` works on this customer's messages until `claimed_until`. `paced_until` and `numbered` (payloads by
# number, JSON) belong to what was sent last. The address is kept in the clear: it is what replies go to.
CUSTOMERS = sa.Table(
    "whatsapp_customers",
    META,
    sa.Column("conversation", sa.Text, primary_key=True),
    sa.Column("user_id", sa.Text),
    sa.Column("phone", sa.Text),
    sa.Column("last_message_at", sa.Float, nullable=False, default=0.0),
    sa.Column("paced_until", sa.Float, nullable=False, default=0.0),
    sa.Column("numbered", sa.Text, nullable=False, default="[]"),
    sa.Column("claimed_by", sa.Text),
    sa.Column("claimed_until", sa.Float, nullable=False, default=0.0, index=True),
)

# What a customer is recognised by: "user:NL.123" or "phone:31612345678".
IDENTITIES = sa.Table(
    "whatsapp_identities",
    META,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("conversation", sa.Text, nullable=False, index=True),
)

# state: waiting, answered or failed. The content goes once it is answered; the id stays, to know it again.
INBOX = sa.Table(
    "whatsapp_inbox",
    META,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("id", sa.Text, nullable=False, unique=True),
    sa.Column("conversation", sa.Text, nullable=False),
    sa.Column("content", sa.Text),
    sa.Column("sent_at", sa.BigInteger, nullable=False),
    sa.Column("received_at", sa.Float, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("due_at", sa.Float, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False, default=0),
    sa.Index("whatsapp_inbox_work", "state", "conversation", "due_at"),
)

# kind: reply or reminder. state: waiting, sent or failed (the dead letter: body and error stay).
OUTBOX = sa.Table(
    "whatsapp_outbox",
    META,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("conversation", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("body", sa.Text),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("due_at", sa.Float, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False, default=0),
    sa.Column("message_id", sa.Text, index=True),
    sa.Column("error", sa.Text),
    sa.Column("created_at", sa.Float, nullable=False),
    sa.Index("whatsapp_outbox_work", "state", "conversation", "due_at"),
)

STATUSES = sa.Table(
    "whatsapp_statuses",
    META,
    sa.Column("message_id", sa.Text, primary_key=True),
    sa.Column("status", sa.Text, primary_key=True),
    sa.Column("at", sa.BigInteger, nullable=False),
    sa.Column("error", sa.Text),
)

ERRORS = sa.Table(
    "whatsapp_errors",
    META,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("at", sa.Float, nullable=False),
    sa.Column("code", sa.BigInteger, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("details", sa.Text, nullable=False),
)

# The buttons and rows that a customer was offered, and what they say to the assistant.
ISSUED = sa.Table(
    "whatsapp_issued",
    META,
    sa.Column("conversation", sa.Text, primary_key=True),
    sa.Column("choice_id", sa.Text, primary_key=True),
    sa.Column("payload", sa.Text, nullable=False),
)

# `report`: the id of the message that completed the damage report; empty until there is one.
PHOTOS = sa.Table(
    "whatsapp_photos",
    META,
    sa.Column("message_id", sa.Text, primary_key=True),
    sa.Column("conversation", sa.Text, nullable=False, index=True),
    sa.Column("path", sa.Text, nullable=False),
    sa.Column("stored_at", sa.Float, nullable=False),
    sa.Column("report", sa.Text),
)


def open_engine(url: str) -> Engine:
    """Connect to the database at `url` (SQLAlchemy form) and make the tables that are missing."""
    return sql.open_engine(url, META)
