"""Which conversation a customer's messages belong to, also after a change of number or of user id."""

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from lease_assistant.channels.whatsapp.identity import Address, new_conversation_id
from lease_assistant.channels.whatsapp.tables import CUSTOMERS, IDENTITIES, INBOX, OUTBOX


def conversation_of(connection: Connection, address: Address) -> str:
    """The conversation of `address`, found by user id first, or a new one; links what was not known yet."""
    links = _links(connection, address)
    user_key, phone_key = f"user:{address.user_id}", f"phone:{address.phone}"
    conversation = links.get(user_key) if address.user_id else None
    if conversation is None and phone_key in links and not _is_other_person(connection, links[phone_key], address):
        conversation = links[phone_key]
    if conversation is None:
        conversation = new_conversation_id()
    if set(links.values()) != {conversation} or len(links) < len(address.known_by()):
        _link(connection, address, conversation)
    return conversation


def move(connection: Connection, old: Address, new: Address) -> str:
    """Let the conversation of `old` go on at `new`; the old number may be given to somebody else."""
    conversation = conversation_of(connection, old)
    _merge(connection, set(_links(connection, new).values()) - {conversation}, conversation)
    left = set(old.known_by()) - set(new.known_by())
    if new.phone is None:
        # Only the user id changed.
        left = {key for key in left if key.startswith("user:")}
    connection.execute(sa.delete(IDENTITIES).where(IDENTITIES.c.key.in_(left)))
    _link(connection, new, conversation)
    return conversation


def _merge(connection: Connection, others: Collection[str], conversation: str) -> None:
    """What the customer wrote from the new address before the notice came is answered in the old conversation.

    Reminders stay behind: they may be for whoever had the number before.
    """
    if not others:
        return
    replies = sa.and_(OUTBOX.c.state == "waiting", OUTBOX.c.kind == "reply")
    for table, waits in ((INBOX, INBOX.c.state == "waiting"), (OUTBOX, replies)):
        moved = sa.update(table).where(table.c.conversation.in_(others), waits)
        connection.execute(moved.values(conversation=conversation))


def _links(connection: Connection, address: Address) -> dict[str, str]:
    rows = connection.execute(sa.select(IDENTITIES).where(IDENTITIES.c.key.in_(address.known_by())))
    return {row.key: row.conversation for row in rows}


def _is_other_person(connection: Connection, conversation: str, address: Address) -> bool:
    """Whether the conversation of this phone number belongs to another user id: numbers are given out again."""
    if not address.user_id:
        return False
    found = connection.execute(sa.select(CUSTOMERS.c.user_id).where(CUSTOMERS.c.conversation == conversation))
    return found.scalar() not in (None, address.user_id)


def _link(connection: Connection, address: Address, conversation: str) -> None:
    keys = address.known_by()
    connection.execute(sa.delete(IDENTITIES).where(IDENTITIES.c.key.in_(keys)))
    connection.execute(sa.insert(IDENTITIES), [{"key": key, "conversation": conversation} for key in keys])
    known = {name: value for name in ("user_id", "phone") if (value := getattr(address, name))}
    updated = connection.execute(sa.update(CUSTOMERS).where(CUSTOMERS.c.conversation == conversation).values(**known))
    if not updated.rowcount:
        connection.execute(sa.insert(CUSTOMERS).values(conversation=conversation, **known))
    if address.phone:
        # A phone number reaches one person: whoever had it before is reached by user id, or not at all.
        others = sa.and_(CUSTOMERS.c.phone == address.phone, CUSTOMERS.c.conversation != conversation)
        connection.execute(sa.update(CUSTOMERS).where(others).values(phone=None))
