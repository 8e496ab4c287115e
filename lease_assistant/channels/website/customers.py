"""Who is signed in: the portal's token (a JWT, RS256), checked; without one nobody is."""

from pathlib import Path
from typing import Any

import jwt

from lease_assistant.channels.website.config import PortalKeys
from lease_assistant.channels.website.refusals import Refused
from lease_assistant.settings import SettingsError

# Clocks of two servers are never quite the same.
LEEWAY_SECONDS = 30
LONGEST_TOKEN = 4096


class Customers:
    """Checks tokens against the portal's public key."""

    def __init__(self, portal: PortalKeys | None) -> None:
        self._portal = portal
        self._key = _read_key(portal.public_key_file) if portal else None

    def identify(self, token: str | None) -> str | None:
        """The customer's id in the portal, None without a token; raises `Refused` for one that does not hold."""
        if not token:
            return None
        if self._portal is None or self._key is None or len(token) > LONGEST_TOKEN:
            raise Refused("customer_invalid")
        try:
            claims: dict[str, Any] = jwt.decode(
                token,
                self._key,
                algorithms=["RS256"],
                issuer=self._portal.issuer,
                audience=self._portal.audience,
                leeway=LEEWAY_SECONDS,
                options={"require": ["exp", "iss", "aud", "sub"]},
            )
        except jwt.ExpiredSignatureError:
            raise Refused("customer_expired") from None
        except jwt.InvalidTokenError:
            raise Refused("customer_invalid") from None
        return str(claims["sub"])


def _read_key(file: str) -> str:
    try:
        return Path(file).read_text(encoding="ascii")
    except (OSError, ValueError) as error:
        raise SettingsError(f"the portal's public key {file} cannot be read: {error}") from error
