"""From probabilities to a decision: answer, ask "bedoelt u ...?", or say that it is not covered."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from lease_assistant.understanding import ASK_TERM, FALLBACK, OUT_OF_SCOPE, Candidate, Certainty

CANDIDATES_KEPT = 6
# A topic or flow with this share of what "out of scope" has may be what was meant after all.
RIVAL_SHARE = 0.5


@dataclass(frozen=True)
class Thresholds:
    """Probabilities that decide, read off the measured curve (`make evaluate`).

    `answer_above`: state an article or start a flow. `ask_above`: offer as suggestion.
    `talk_above`: small talk and bare answers, where a mistake costs little. `part_above`: take a part of a message for
    a question of its own.
    """

    answer_above: float
    ask_above: float
    talk_above: float
    part_above: float


@dataclass(frozen=True)
class Decision:
    """The intent to act on, its probability, how certain it is, and the likeliest labels, best first."""

    intent: str
    confidence: float
    certainty: Certainty
    candidates: tuple[Candidate, ...]


def decide(probabilities: Mapping[str, float], thresholds: Thresholds) -> Decision:
    """Decide on one message: first what the customer wants (sums over an intent), then which topic of it."""
    ranked = [Candidate(label, value) for label, value in sorted(probabilities.items(), key=lambda item: -item[1])]
    totals: defaultdict[str, float] = defaultdict(float)
    for candidate in ranked:
        totals[candidate.intent] += candidate.confidence
    intent = max(totals, key=totals.__getitem__)
    best = next(candidate for candidate in ranked if candidate.intent == intent)
    ranked.remove(best)
    rival = next((candidate.confidence for candidate in ranked if _states(candidate)), 0.0)
    certainty = _certainty(best, totals[intent], rival, thresholds)
    acted_on = intent if certainty == "sure" else FALLBACK
    return Decision(acted_on, totals[intent], certainty, (best, *ranked[: CANDIDATES_KEPT - 1]))


def _certainty(best: Candidate, total: float, rival: float, thresholds: Thresholds) -> Certainty:
    if _states(best):
        if best.confidence >= thresholds.answer_above:
            return "sure"
        return "unsure" if total >= thresholds.ask_above else "none"
    if best.intent == OUT_OF_SCOPE:
        # One thing to act on, whatever its kind; but with a topic close behind it is better to ask.
        return "unsure" if rival >= RIVAL_SHARE * total else "sure"
    return "sure" if best.confidence >= thresholds.talk_above else "none"


def _states(candidate: Candidate) -> bool:
    """Whether acting on it states an article or starts a flow."""
    return candidate.intent == ASK_TERM or candidate.intent.startswith("start_")
