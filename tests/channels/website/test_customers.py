import base64
import hashlib
import hmac
import json
import time
from pathlib import Path
from typing import Any

import jwt
import pytest

from lease_assistant.channels.website.config import PortalKeys
from lease_assistant.channels.website.customers import Customers
from lease_assistant.channels.website.refusals import Refused
from lease_assistant.settings import SettingsError
from tests.web.portal import AUDIENCE, ISSUER, Portal


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Portal:
    return Portal(tmp_path_factory.mktemp("portal"))


@pytest.fixture(scope="module")
def customers(portal: Portal) -> Customers:
    return Customers(PortalKeys(str(portal.public_key_file), ISSUER, AUDIENCE))


def code(customers: Customers, token: str) -> str:
    with pytest.raises(Refused) as refused:
        customers.identify(token)
    return refused.value.code


def test_a_good_token_names_the_customer(customers: Customers, portal: Portal) -> None:
    assert customers.identify(portal.token("k-123")) == "k-123"


@pytest.mark.parametrize("token", [None, ""])
def test_without_a_token_nobody_is_signed_in(customers: Customers, token: str | None) -> None:
    assert customers.identify(token) is None


@pytest.mark.parametrize(
    "changes",
    [
        {"iss": "https://other.example"},
        {"aud": "other"},
        {"iss": None},
        {"aud": None},
        {"sub": None},
        {"exp": None},
        {"nbf": time.time() + 3600},
    ],
)
def test_other_issuer_audience_or_missing_claims(customers: Customers, portal: Portal, changes: dict[str, Any]) -> None:
    assert code(customers, portal.token("k", **changes)) == "customer_invalid"


def test_an_expired_token_is_refused_after_a_little_patience_with_clocks(customers: Customers, portal: Portal) -> None:
    assert customers.identify(portal.token("k", exp=int(time.time()) - 10)) == "k"
    assert code(customers, portal.token("k", exp=int(time.time()) - 60)) == "customer_expired"


def test_a_token_of_another_key_or_without_a_signature(customers: Customers, portal: Portal, tmp_path: Path) -> None:
    claims = {"sub": "k", "iss": ISSUER, "aud": AUDIENCE, "exp": int(time.time()) + 60}
    assert code(customers, Portal(tmp_path).token("k")) == "customer_invalid"
    assert code(customers, jwt.encode(claims, None, "none")) == "customer_invalid"
    assert code(customers, "no token at all") == "customer_invalid"
    assert code(customers, "x" * 10_000) == "customer_invalid"


def test_the_public_key_is_not_taken_for_a_shared_secret(customers: Customers, portal: Portal) -> None:
    def part(data: bytes) -> bytes:
        return base64.urlsafe_b64encode(data).rstrip(b"=")

    claims = {"sub": "k", "iss": ISSUER, "aud": AUDIENCE, "exp": int(time.time()) + 60}
    signed = part(b'{"alg":"HS256","typ":"JWT"}') + b"." + part(json.dumps(claims).encode())
    signature = hmac.new(portal.public_key_file.read_bytes(), signed, hashlib.sha256).digest()
    assert code(customers, (signed + b"." + part(signature)).decode()) == "customer_invalid"


def test_where_no_portal_is_trusted_no_token_is(portal: Portal) -> None:
    assert code(Customers(None), portal.token("k")) == "customer_invalid"


def test_a_key_that_is_not_there_stops_the_server(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="public key"):
        Customers(PortalKeys(str(tmp_path / "missing.pem"), ISSUER, AUDIENCE))
