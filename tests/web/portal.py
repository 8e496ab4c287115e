"""A portal of our own: signs tokens for customers the way the real one does."""

import time
from pathlib import Path
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

ISSUER = "https://portal.example.nl"
AUDIENCE = "lease-assistant"


class Portal:
    """Holds a key pair; the public half is written to `folder`."""

    def __init__(self, folder: Path) -> None:
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.public_key_file = folder / "portal.pem"
        public = self.key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        self.public_key_file.write_bytes(public)

    @property
    def credentials(self) -> dict[str, str]:
        """The part of credentials.yml that trusts this portal."""
        return {"public_key_file": str(self.public_key_file), "issuer": ISSUER, "audience": AUDIENCE}

    def token(self, customer: str, **changes: Any) -> str:
        """A token for `customer`; `changes` replace claims, and a claim of None is left out."""
        claims = {"sub": customer, "iss": ISSUER, "aud": AUDIENCE, "exp": int(time.time()) + 600, **changes}
        return jwt.encode({name: value for name, value in claims.items() if value is not None}, self.key, "RS256")
