"""The statutory interest rates as data, loaded once and checked."""

from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path

from lease_assistant.rules.interest import Rate, RateTable
from lease_assistant.terms import DATA, TermsError, load_yaml


@lru_cache
def load_rates(path: Path = DATA / "rates" / "statutory_interest.yml") -> RateTable:
    """The rates in `path`, oldest first; raises `TermsError` if they are incomplete or out of order."""
    content = load_yaml(path)
    try:
        rates = tuple(Rate(entry["from"], Decimal(entry["percent"])) for entry in content["rates"])
        table = RateTable(rates, content["known_until"])
    except (KeyError, TypeError, InvalidOperation) as error:
        raise TermsError(f"{path}: a rate needs a date and a percentage: {error}") from error
    if not rates or list(rates) != sorted(rates, key=lambda rate: rate.start):
        raise TermsError(f"{path}: rates have to be in order of date")
    return table
