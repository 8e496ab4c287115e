"""One turn of a flow: read the message, answer what comes in between, ask on, or give the outcome.

Pure: the same state and message give the same turn. The rules of the lease are in `lease_assistant.rules`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from lease_assistant.conversation.flow import Context, Flow, Problem, Reading, Slots, ask, explain, flow_texts
from lease_assistant.conversation.reading import holds_figure
from lease_assistant.conversation.replies import (
    Button,
    Reply,
    flow_button,
    handover_reply,
    person_button,
    term_reply,
    texts,
)
from lease_assistant.dutch.answers import parse_yes_no
from lease_assistant.understanding import ASK_TERM, OUT_OF_SCOPE, Understanding

MAX_MISUNDERSTANDINGS = 3
LONGEST_ANSWER = 1500

QUESTION = re.compile(
    r"\?|^\W*(maar |en |oh? |ja,? |nee,? )?"
    r"(wie|wat|waar|wanneer|waarom|hoe|hoeveel|welke?|mag|moet|kan|krijg|is het|geldt|klopt het)\b",
    re.IGNORECASE,
)
# Where a question begins: with the message or with a clause of it.
QUESTION_CLAUSE = re.compile(
    r"(?:^|[,.;!?\n]|\b(?:en|maar|trouwens)\b)\s*(?:(?:en|maar|trouwens|oh?|even|vraagje)[ ,:]+)*"
    r"(?=(?:wie|wat|waar\w*|wanneer|waarom|hoe|hoeveel|welke?|mag|moet|kan|krijg|is|geldt|klopt)\b)",
    re.IGNORECASE,
)
ASKS_WHY = re.compile(
    r"\b(hoezo|waarom|wat bedoel|hoe bedoel|wat is dat|waar (vind|staat|kan ik dat)"
    r"|(snap|begrijp) (ik )?(het |u |je |de vraag )*niet)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class State:
    """Where a conversation is in a flow: its slots, the open question and the bookkeeping.

    `leaving`: whether the open question is "wilt u stoppen?"; then "yes", or the intent to start next.
    """

    slots: Slots
    asked: str | None
    leaving: str | None = None
    misunderstandings: int = 0


@dataclass(frozen=True)
class Turn:
    """What the assistant says, the state after it, and whether the flow is over."""

    replies: tuple[Reply, ...]
    state: State
    over: bool = False


def advance(flow: Flow, state: State, heard: Understanding, context: Context) -> Turn:
    """The next turn of `flow` after the customer's message `heard`."""
    return _TurnOf(flow, state, heard, context).turn()


@dataclass(frozen=True)
class _TurnOf:
    """The facts of one turn, so that the steps below need no list of arguments."""

    flow: Flow
    state: State
    heard: Understanding
    context: Context

    def turn(self) -> Turn:
        """The turn itself."""
        if self.state.leaving:
            return self._after_leave_question(self.state.leaving)
        if self.state.asked is None:
            return self._start()
        return self._interruption() or self._answer()

    # What the customer says about the flow.

    def _read(self, text: str | None = None) -> Reading:
        said = self.heard.text if text is None else text
        # Reading takes time with the square of the length; nobody answers a question in so many words.
        if len(said) > LONGEST_ANSWER:
            return Reading()
        return self.flow.read(said, self.state.asked, self.state.slots, self.context)

    def _start(self) -> Turn:
        """The first message of a flow, or one that goes on about its outcome."""
        reading = self._read() if self._is_typed() else Reading()
        nothing_new = bool(self.state.slots) and not reading.values and not reading.problem
        lead = "unplaced_figure" if holds_figure(self.heard.text) else "nothing_new"
        return self._apply(reading, (Reply(texts("general")[lead]),) if nothing_new else ())

    def _answer(self) -> Turn:
        reading = self._read(self._statement()) if self._is_typed() else Reading()
        if reading.values or reading.problem:
            return self._apply(reading, self._digression() if self._is_question() else ())
        if self._wants_other_flow():
            return self._ask_to_leave()
        if aside := self._explanation() or self._digression() or self._small_talk():
            return self.ask_again(aside)
        return self._misunderstood(ask(self.flow, self._open_slot(), self.context, self._text("not_read")))

    def _apply(self, reading: Reading, aside: tuple[Reply, ...]) -> Turn:
        slots = {**self.state.slots, **reading.values}
        if problem := reading.problem or self.flow.check(slots, self.context):
            return self._refused(problem, slots, aside)
        following = self.flow.next_slot(slots, self.context)
        if following is None:
            return Turn((*aside, self.flow.result(slots, self.context)), State(slots, None), over=True)
        intro = flow_texts(self.flow)["intro"] if self.state.asked is None else self._changed(reading)
        question = ask(self.flow, following, self.context, intro)
        return Turn((*aside, question), State(slots, following))

    def _changed(self, reading: Reading) -> str:
        """That an earlier answer is replaced: who corrects something wants to see that it was heard."""
        known = {
            name: value for name, value in self.state.slots.items() if value is not None and name != self.state.asked
        }
        changed = any(name in known and value not in (None, known[name]) for name, value in reading.values.items())
        return texts("general")["changed"] if changed else ""

    def _refused(self, problem: Problem, slots: Slots, aside: tuple[Reply, ...]) -> Turn:
        """Say what is wrong with an answer, forget it, and ask again."""
        asked = problem.slots[0]
        text = self.context.edition.fill(flow_texts(self.flow).choice("problems", problem.code))
        state = replace(self.state, slots={**slots, **dict.fromkeys(problem.slots)}, asked=asked)
        return self._misunderstood(ask(self.flow, asked, self.context, text), aside, state)

    def _misunderstood(self, question: Reply, aside: tuple[Reply, ...] = (), state: State | None = None) -> Turn:
        """Ask again; the third time in a row offer a person."""
        state = state or replace(self.state, asked=self._open_slot())
        count = self.state.misunderstandings + 1
        if count < MAX_MISUNDERSTANDINGS:
            return Turn((*aside, question), replace(state, misunderstandings=count))
        handover = handover_reply("misunderstood", self.context.edition)
        stuck = replace(question, buttons=(*question.buttons, person_button()))
        return Turn((*aside, handover, stuck), replace(state, misunderstandings=0))

    # What comes in between.

    def _interruption(self) -> Turn | None:
        if self.heard.certainty != "sure":
            return None
        leaves = self.heard.intent in ("cancel", "goodbye") and not self._gives_figures()
        if leaves or (self._wants_other_flow() and not self._is_typed()):
            return self._ask_to_leave()
        if self.heard.intent == "request_human":
            return self.ask_again((handover_reply("requested", self.context.edition),))
        return None

    def _wants_other_flow(self) -> bool:
        return self.heard.intent.startswith("start_") and self.heard.intent != self.flow.intent

    def _gives_figures(self) -> bool:
        """Whether "stoppen na 24 maanden" answers the question instead of ending the flow."""
        return bool(re.search(r"\d", self.heard.text)) and bool(self._read().values)

    def _is_typed(self) -> bool:
        """Whether the message is the customer's own text and not the payload of a button."""
        return not self.heard.text.startswith("/")

    def _is_question(self) -> bool:
        return not self._is_typed() or bool(QUESTION.search(self.heard.text))

    def _statement(self) -> str:
        """The message up to the other question in it: figures in a question about the terms are no answers."""
        if not (self._is_question() and self._digression()):
            return self.heard.text
        question = QUESTION_CLAUSE.search(self.heard.text)
        return self.heard.text[: question.start()] if question else self.heard.text

    def _explanation(self) -> tuple[Reply, ...]:
        """Why this is asked, for who wonders or asks for help."""
        if ASKS_WHY.search(self.heard.text) or self.heard.intent == "help":
            return (Reply(explain(self.flow, self._open_slot(), self.context)),)
        return ()

    def _digression(self) -> tuple[Reply, ...]:
        """The answer to another question. Without its buttons, since these lead away from the flow."""
        edition = self.context.edition
        if self.heard.intent == ASK_TERM and self.heard.certainty == "sure":
            answers = (term_reply(topic, edition, self.heard.part) for topic in self.heard.topics)
            return tuple(replace(answer, buttons=()) for answer in answers)
        if self.heard.intent == OUT_OF_SCOPE and self._is_question() and self.heard.detail:
            return (Reply(edition.fill(texts("general")[self.heard.detail])),)
        return ()

    def _small_talk(self) -> tuple[Reply, ...]:
        phrases: Mapping[str, Any] = texts("general").entries["while_busy"]
        return (Reply(phrases[self.heard.intent]),) if self.heard.intent in phrases else ()

    def ask_again(self, aside: tuple[Reply, ...]) -> Turn:
        """The open question once more, after what came in between."""
        question = ask(self.flow, self._open_slot(), self.context, self._text("back"))
        return Turn((*aside, question), replace(self.state, asked=self._open_slot()))

    def _open_slot(self) -> str:
        return self.state.asked or self.flow.slots[0]

    def _text(self, name: str) -> str:
        return texts("general")[name].format(flow=flow_texts(self.flow)["title"])

    # Leaving.

    def _ask_to_leave(self) -> Turn:
        leaving = self.heard.intent if self.heard.intent.startswith("start_") else "yes"
        general = texts("general")
        buttons = (Button(general["yes"], "ja"), Button(general["no"], "nee"))
        return Turn((Reply(self._text("leave_question"), buttons),), replace(self.state, leaving=leaving))

    def _after_leave_question(self, leaving: str) -> Turn:
        stays = _TurnOf(self.flow, replace(self.state, leaving=None), self.heard, self.context)
        answer = parse_yes_no(self.heard.text) if self._is_typed() else None
        if answer is True or self.heard.intent in ("affirm", "cancel"):
            buttons = (flow_button(leaving),) if leaving.startswith("start_") else ()
            empty = State(dict.fromkeys(self.flow.slots), None)
            return Turn((Reply(texts("general")["left"], buttons),), empty, over=True)
        if answer is False or self.heard.intent == "deny":
            return stays.ask_again((Reply(texts("general")["stay"]),))
        # Something else: perhaps the answer to the question that was open before.
        return stays.turn()
