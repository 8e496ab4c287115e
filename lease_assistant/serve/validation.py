"""`python -m lease_assistant.serve.validation`: `rasa data validate`, where every warning that is not expected fails.

Rasa's own --fail-on-warnings knows no exceptions, and three of its warnings cannot be avoided here.
"""

import re
import sys
import warnings
from collections.abc import Iterable

from lease_assistant.serve.supervisor import say

EXPECTED = {
    r"duplicated intents .*: ask_term, out_of_scope$": "Rasa also derives both from the labels with a slash",
    r"'utter_(ask_term|out_of_scope)' is listed": "an action words these answers, no response",
    r"'utter_(restart|default)' is not used": "Rasa's own actions send them",
    r"'utter_outage' is not used": "OutagePolicy sends it",
}


def main() -> int:
    """Return the exit code: 0 when there is nothing wrong with the domain and the training data."""
    say("Reading the domain and the training data ...")
    found = _validate()
    problems = unexpected(found)
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems or found is None:
        print("The domain or the training data are not right; see above.", file=sys.stderr)
        return 1
    say("The domain and the training data are right.")
    return 0


def unexpected(found: Iterable[str] | None) -> list[str]:
    """The first lines of the warnings that are not in `EXPECTED`; Rasa adds links in the lines after it."""
    lines = [warning.splitlines()[0].strip() for warning in found or ()]
    return [line for line in lines if not any(re.search(pattern, line) for pattern in EXPECTED)]


def _validate() -> list[str] | None:
    """Rasa's warnings, None when it found an error (and has said so)."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        # Slow to import, and only needed here.
        import rasa.cli.utils
        from rasa.shared.importers.importer import TrainingDataImporter

        importer = TrainingDataImporter.load_from_config("config.yml", "domain.yml", ["data"])
        try:
            rasa.cli.utils.validate_files(False, None, importer)
        except SystemExit:
            return None
    # Libraries warn too; what Rasa says about the data comes from this one function of it.
    return [str(warning.message) for warning in caught if warning.filename.endswith("rasa/shared/utils/io.py")]


if __name__ == "__main__":
    sys.exit(main())
