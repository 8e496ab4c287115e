"""What each message would have led to, and the shares of a run that are reported."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from lease_assistant.evaluation.data import Case, first_articles
from lease_assistant.nlu.decision import Decision, Thresholds, decide
from lease_assistant.nlu.interpreter import Interpreter
from lease_assistant.nlu.understand import Before, topics_of, understand
from lease_assistant.understanding import ASK_TERM, Candidate

SUGGESTIONS = 3


@dataclass(frozen=True)
class Outcome:
    """A message and what the assistant would have decided. `topics`: those it would have answered."""

    case: Case
    decision: Decision
    topics: tuple[str, ...] = ()

    @property
    def best(self) -> Candidate:
        """The likeliest reading."""
        return self.decision.candidates[0]

    @property
    def correct(self) -> bool:
        """Whether what is read first is right: an article for a question, any kind for what is not covered."""
        if self.case.group == "question":
            labels = [f"{ASK_TERM}/{topic}" for topic in self.topics] or [self.best.label]
            return any(map(self._is_right, labels))
        return self.best.intent == self.case.label.partition("/")[0]

    @property
    def stated(self) -> bool:
        """Whether an answer is stated or a flow is started."""
        return bool(self.topics) or (self.decision.certainty == "sure" and self.best.intent.startswith("start_"))

    @property
    def in_first_three(self) -> bool:
        """Whether a right article is among the three likeliest readings."""
        return any(self._is_right(candidate.label) for candidate in self.decision.candidates[:SUGGESTIONS])

    @property
    def right_stated(self) -> bool:
        """Whether the right article is stated."""
        return self.stated and self.correct

    @property
    def wrong_stated(self) -> bool:
        """Whether another article than the right one is stated, or a flow is started that nobody asked for."""
        return self.stated and not self.correct

    @property
    def offered(self) -> bool:
        """Whether the right article is stated, or among the suggestions where nothing is stated."""
        return self.right_stated or (not self.stated and self.in_first_three)

    @property
    def understood(self) -> bool:
        """Whether the assistant acts on the right intent (small talk and flows)."""
        return self.decision.intent == self.case.label

    def _is_right(self, label: str) -> bool:
        return first_articles().get(label) in self.case.articles


def outcomes(cases: Sequence[Case], rankings: Sequence[Mapping[str, float]], thresholds: Thresholds) -> list[Outcome]:
    """What would have come of each message taken as a whole, given the probabilities of its labels."""
    return [_outcome(case, decide(row, thresholds)) for case, row in zip(cases, rankings, strict=True)]


def _outcome(case: Case, decision: Decision) -> Outcome:
    return Outcome(case, decision, topics_of(decision))


def assistant_outcomes(
    cases: Sequence[Case], interpreter: Interpreter, thresholds: Thresholds, after: Sequence[str | None] = ()
) -> list[Outcome]:
    """What the assistant makes of each message: greetings taken off, several questions told apart.

    `after`: the topic of the answer before each message; without it, each is the first of its conversation.
    """
    topics = after or [None] * len(cases)
    understood = (
        understand(case.text, interpreter, thresholds, Before(topic)) for case, topic in zip(cases, topics, strict=True)
    )
    return [Outcome(case, found.decision, found.topics) for case, found in zip(cases, understood, strict=True)]


@dataclass(frozen=True)
class Measure:
    """A share of the messages of a group, in percent."""

    name: str
    title: str
    group: str
    holds: Callable[[Outcome], bool]


MEASURES = (
    Measure("right_first", "right article first", "question", lambda outcome: outcome.correct),
    Measure("right_in_three", "right in first three", "question", lambda outcome: outcome.in_first_three),
    Measure("right_stated", "right stated", "question", lambda outcome: outcome.right_stated),
    Measure("right_or_offered", "right or offered", "question", lambda outcome: outcome.offered),
    Measure("wrong_stated", "wrong stated", "question", lambda outcome: outcome.wrong_stated),
    Measure("uncovered_stated", "confident on uncovered", "uncovered", lambda outcome: outcome.stated),
    Measure("small_talk", "small talk", "talk", lambda outcome: outcome.understood),
    Measure("flows", "flows started", "flow", lambda outcome: outcome.understood),
)


def share(found: Iterable[bool]) -> float:
    """How many percent hold; 0 for none at all."""
    values = list(found)
    return 100 * sum(values) / len(values) if values else 0.0


def measure(found: Iterable[Outcome]) -> dict[str, float]:
    """All measures of a run, in percent."""
    results = list(found)
    return {m.name: share(m.holds(row) for row in results if row.case.group == m.group) for m in MEASURES}
