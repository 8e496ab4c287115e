from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lease_assistant.channels.whatsapp import limits
from lease_assistant.channels.whatsapp.fake_graph import Rejected, check_message
from lease_assistant.channels.whatsapp.rendering import Wording, chosen_number, formatted, render, template_message
from lease_assistant.channels.whatsapp.responder import load_texts, wording_from

WORDING = wording_from(load_texts())
TEXTS = st.text(max_size=60) | st.text(st.sampled_from("ab \n.!😀*_"), max_size=3000)
BUTTONS = st.lists(st.fixed_dictionaries({}, optional={"title": TEXTS, "payload": st.text(max_size=300)}), max_size=14)
WORDS = st.lists(st.text("abcdefghij", min_size=1, max_size=12), min_size=1, max_size=900)


def buttons(*titles: Any) -> Any:
    return [{"title": title, "payload": f"/{title}"} for title in titles]


def kinds(rendered: Any) -> Any:
    return [
        found.body["interactive"]["type"] if "interactive" in found.body else found.body["type"] for found in rendered
    ]


def all_text(rendered: Any) -> Any:
    """Everything a customer can read, in order."""
    parts = []
    for found in rendered:
        parts.append(found.body.get("text", {}).get("body") or "")
        interactive = found.body.get("interactive", {})
        parts.append(interactive.get("body", {}).get("text", ""))
        action = interactive.get("action", {})
        parts += [button["reply"]["title"] for button in action.get("buttons", ())]
        for section in action.get("sections", ()):
            parts += [f"{row['title']} {row.get('description', '')}" for row in section["rows"]]
    return " ".join(" ".join(parts).split())


@settings(max_examples=150, deadline=None)
@given(TEXTS, BUTTONS, st.sampled_from([None, "termination_quote"]))
@example("x" * 5000, buttons("Ja"), None)
@example("", buttons(*"abcdefghijk"), None)
@example("", [{"title": "", "payload": " "}], None)
def test_no_message_breaks_a_limit_whatever_the_assistant_says(text: Any, offered: Any, card: Any) -> None:
    message = {"text": text, "buttons": offered, "custom": {"type": card}}
    for rendered in render(message, WORDING):
        check_message({"messaging_product": "whatsapp", "to": "31612345678", **rendered.body})


@given(WORDS, st.integers(0, 14))
def test_no_word_and_no_choice_is_lost_or_cut(words: Any, count: Any) -> None:
    titles = [f"{number} {' '.join(words[:number])}" for number in range(count)]
    shown = all_text(render({"text": " ".join(words), "buttons": buttons(*titles)}, WORDING)).split()
    expected = {*words, *(word for title in titles for word in title.split())}
    assert expected <= set(shown)


@given(TEXTS, st.integers(1, 200))
def test_a_divided_text_loses_only_white_space(text: Any, limit: Any) -> None:
    parts = limits.split(text, limit + 1)
    assert all(0 < limits.length(part) <= limit + 1 for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


def test_a_text_is_divided_only_when_it_must_and_at_a_paragraph() -> None:
    short, long = "a" * 2000, "b" * 3000
    assert kinds(render({"text": f"{short}\n\nnog wat"}, WORDING)) == ["text"]
    first, second = render({"text": f"{short}\n\nnog wat.\n\n{long}"}, WORDING)
    assert (first.body["text"]["body"], second.body["text"]["body"]) == (f"{short}\n\nnog wat.", long)


@pytest.mark.parametrize(
    ("titles", "expected"),
    [
        (("Ja", "Nee", "Weet ik niet"), ["button"]),
        (("Ja", "Nee", "x" * 20), ["button"]),
        (("Ja", "Nee", "x" * 21), ["list"]),
        (("Ja", "Nee", "Weet ik niet", "Later"), ["list"]),
        (tuple("abcdefghij"), ["list"]),
        (tuple("abcdefghijk"), ["text"]),
        (("Ja", "x" * 25), ["text"]),
        (("Ja", "Schade door een " + "onbekende " * 7), ["list"]),
        (("Ja", "Schade door een " + "onbekende " * 8), ["text"]),
    ],
)
def test_choices_take_the_form_that_fits(titles: Any, expected: Any) -> None:
    rendered = render({"text": "Kies", "buttons": buttons(*titles)}, WORDING)
    assert kinds(rendered) == expected
    assert [choice.payload for choice in rendered[-1].choices] == [f"/{title}" for title in titles]
    assert rendered[-1].numbered == (expected == ["text"])


def test_the_same_title_twice_is_told_apart_by_number() -> None:
    rendered = render(
        {"text": "Welke?", "buttons": [{"title": "Ja", "payload": "a"}, {"title": "Ja", "payload": "b"}]}, WORDING
    )
    assert rendered[0].numbered
    assert rendered[0].body["text"]["body"] == f"Welke?\n\n1. Ja\n2. Ja\n\n{WORDING.numbered}"


def test_a_long_text_with_buttons_keeps_its_buttons_below_the_last_paragraph() -> None:
    rendered = render({"text": "a " * 800 + "\n\nEn nu?", "buttons": buttons("Ja")}, WORDING)
    assert kinds(rendered) == ["text", "button"]
    assert rendered[1].body["interactive"]["body"]["text"] == "En nu?"


@pytest.mark.parametrize(
    ("typed", "payload"),
    [("2", "b"), ("2.", "b"), (" 2) ", "b"), ("optie 1", "a"), ("nr 1", "a"), ("3", None), ("0", None), ("twee", None),
     ("1 2", None), ("12345", None), ("²", None), ("€ 2", "b")],
)  # fmt: skip
def test_a_typed_number_is_the_choice(typed: Any, payload: Any) -> None:
    assert chosen_number(typed, ("a", "b")) == payload


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dit is **belangrijk**.", "Dit is *belangrijk*."),
        ("## Kop\ntekst", "*Kop*\ntekst"),
        ("* een\n* twee", "- een\n- twee"),
        ("Zie [de site](https://a.nl/b).", "Zie de site: https://a.nl/b."),
        (
            "Tekst.\n\nBron: Aanvullende Voorwaarden, artikel 3.6",
            "Tekst.\n\n_Bron: Aanvullende Voorwaarden, artikel 3.6_",
        ),
        ("3 * 4 = 12 en 2 ** 3", "3 * 4 = 12 en 2 ** 3"),
    ],
)
def test_markdown_reads_well_in_whatsapp(text: Any, expected: Any) -> None:
    assert formatted(text) == expected


def test_a_result_has_its_title_in_bold() -> None:
    (rendered,) = render({"text": "€ 1.800", "custom": {"type": "termination_quote"}}, WORDING)
    assert rendered.body["text"]["body"] == "*Uw opzegvergoeding*\n€ 1.800"


def test_pictures_and_files_go_by_link() -> None:
    message = {"text": "Zie", "image": "https://a.nl/b.png", "attachment": "https://a.nl/form.pdf?x=1"}
    assert [found.body for found in render(message, WORDING)][1:] == [
        {"type": "image", "image": {"link": "https://a.nl/b.png"}},
        {"type": "document", "document": {"link": "https://a.nl/form.pdf?x=1", "filename": "form.pdf"}},
    ]


def test_a_template_names_its_language_and_values() -> None:
    body = template_message("herinnering", "nl", ["morgen"])
    check_message({"messaging_product": "whatsapp", "to": "31612345678", **body})
    assert body["template"]["components"][0]["parameters"] == [{"type": "text", "text": "morgen"}]


@pytest.mark.parametrize(
    "body",
    [
        {"type": "text", "text": {"body": "x" * 4097}},
        {"type": "text", "text": {"body": "😀" * 2049}},
        {"type": "text", "text": {"body": " "}},
        {"type": "interactive", "interactive": {"type": "button", "body": {"text": "x"}, "action": {"buttons": []}}},
        {"type": "interactive", "interactive": {"type": "list", "body": {"text": "x" * 1025}, "action": {}}},
    ],
)
def test_the_stand_in_for_meta_rejects_what_breaks_a_limit(body: Any) -> None:
    with pytest.raises(Rejected):
        check_message({"messaging_product": "whatsapp", "to": "31612345678", **body})


def test_wording_itself_fits() -> None:
    assert isinstance(WORDING, Wording)
    assert limits.length(WORDING.list_button) <= limits.LIST_BUTTON
    assert limits.length(load_texts()["damage_button"]) <= limits.BUTTON_TITLE
