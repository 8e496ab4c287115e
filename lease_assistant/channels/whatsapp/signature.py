"""The signature that Meta puts on a webhook: ``X-Hub-Signature-256: sha256=<hex>`` over the raw body."""

import hashlib
import hmac

PREFIX = "sha256="


def sign(body: bytes, secret: str) -> str:
    """The header for `body`."""
    return PREFIX + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def is_signed(body: bytes, header: str | None, secret: str) -> bool:
    """Whether `header` is the signature of `body`, compared in constant time."""
    return hmac.compare_digest(sign(body, secret).encode(), (header or "").encode("utf-8", "replace"))


def same_secret(given: str | None, expected: str) -> bool:
    """Whether two secrets are equal, compared in constant time."""
    return hmac.compare_digest((given or "").encode("utf-8", "replace"), expected.encode())
