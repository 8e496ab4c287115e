from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lease_assistant.channels.whatsapp import limits
from lease_assistant.channels.whatsapp.choices import chosen_number
from lease_assistant.channels.whatsapp.fake_graph import Rejected, check_message
from lease_assistant.channels.whatsapp.rendering import FILE, Wording, formatted, render, template_message
from lease_assistant.channels.whatsapp.responder import load_texts, wording_from

WORDING = wording_from(load_texts())
TEXTS = st.text(max_size=60) | st.text(st.sampled_from("ab \n.!😀*_"), max_size=3000)
BUTTONS = st.lists(
    st.fixed_dictionaries(
        {}, optional={"title": TEXTS, "payload": st.text(max_size=300), "section": st.text("ab ", max_size=25)}
    ),
    max_size=14,
)
PLACES = st.none() | TEXTS | st.text("a/.?", max_size=2100).map("https://a.nl/{}".format)
MESSAGES = st.fixed_dictionaries(
    {},
    optional={
        "text": TEXTS | TEXTS.map("{}\n\nBron: Aanvullende Voorwaarden, artikel 3.6".format),
        "buttons": BUTTONS,
        "custom": st.sampled_from([None, {"type": "termination_quote"}, {"type": ["odd"]}]),
        "image": PLACES,
        "attachment": PLACES | PLACES.map(lambda place: {"url": place}),
    },
)
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
        parts += [interactive.get(part, {}).get("text", "") for part in ("header", "body", "footer")]
        action = interactive.get("action", {})
        parts += [button["reply"]["title"] for button in action.get("buttons", ())]
        for section in action.get("sections", ()):
            parts.append(section.get("title", ""))
            parts += [f"{row['title']} {row.get('description', '')}" for row in section["rows"]]
    return " ".join(" ".join(parts).split())


def check(rendered: Any) -> None:
    """Raise unless the Cloud API would take it, once a file is uploaded."""
    kind = rendered.body["type"]
    part = rendered.body[kind]
    uploaded = {("id" if name == FILE else name): value for name, value in part.items()}
    check_message({"messaging_product": "whatsapp", "to": "31612345678", **rendered.body, kind: uploaded})


@settings(max_examples=300, deadline=None)
@given(MESSAGES)
@example({"text": "x" * 5000, "buttons": buttons("Ja")})
@example({"buttons": buttons(*"abcdefghijk")})
@example({"text": "", "buttons": [{"title": "", "payload": " "}]})
@example({"text": "x" * 1024, "image": "https://a.nl/" + "x" * 4000})
def test_no_message_breaks_a_limit_whatever_the_assistant_says(message: Any) -> None:
    for rendered in render(message, WORDING):
        check(rendered)


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


def test_pictures_and_files_go_by_link_or_as_a_file_to_upload() -> None:
    message = {"image": "https://a.nl/b.png", "attachment": {"url": "https://a.nl/form.pdf?x=1"}}
    assert [found.body for found in render(message, WORDING)] == [
        {"type": "image", "image": {"link": "https://a.nl/b.png"}},
        {"type": "document", "document": {"link": "https://a.nl/form.pdf?x=1", "filename": "form.pdf"}},
    ]
    (found,) = render({"attachment": "forms/form.pdf"}, WORDING)
    assert found.body["document"] == {FILE: "forms/form.pdf", "filename": "form.pdf"}


def test_a_text_goes_with_its_picture_if_it_fits_below_it() -> None:
    (found,) = render({"text": "Zo **ziet** het eruit", "image": "https://a.nl/b.png"}, WORDING)
    assert found.body["image"] == {"link": "https://a.nl/b.png", "caption": "Zo *ziet* het eruit"}
    assert kinds(render({"text": "x " * 600, "image": "https://a.nl/b.png"}, WORDING)) == ["text", "image"]
    assert kinds(render({"text": "x", "image": "a.png", "attachment": "b.pdf"}, WORDING)) == [
        "text", "image", "document",
    ]  # fmt: skip
    assert kinds(render({"text": "x", "image": "a.png", "buttons": buttons("Ja")}, WORDING)) == ["button", "image"]


def test_an_address_too_long_for_a_picture_arrives_as_text() -> None:
    place = "https://a.nl/" + "x" * 2000
    assert [found.body["text"]["body"] for found in render({"text": "Zie", "image": place}, WORDING)] == ["Zie", place]


def test_a_result_with_buttons_has_its_title_above_and_its_source_below_them() -> None:
    text = "€ 1.800\n\nBron: Aanvullende Voorwaarden, artikel 3.16"
    message = {"text": text, "custom": {"type": "termination_quote"}, "buttons": buttons("Ja")}
    (found,) = render(message, WORDING)
    parts = found.body["interactive"]
    assert parts["header"] == {"type": "text", "text": "Uw opzegvergoeding"}
    assert parts["body"] == {"text": "€ 1.800"}
    assert parts["footer"] == {"text": "Bron: Aanvullende Voorwaarden, artikel 3.16"}


def test_a_source_too_long_for_the_footer_stays_in_the_text() -> None:
    text = "Ja.\n\nBron: Gebruiksvoorwaarden Mijn Financial Services, artikel 7.1; Aanvullende Voorwaarden, artikel 1"
    (found,) = render({"text": text, "buttons": buttons("Ja")}, WORDING)
    assert "footer" not in found.body["interactive"]
    assert found.body["interactive"]["body"]["text"].endswith("artikel 1_")


def test_a_long_result_with_buttons_keeps_its_title_on_top() -> None:
    message = {"text": "a " * 800, "custom": {"type": "termination_quote"}, "buttons": buttons("Ja")}
    first, second = render(message, WORDING)
    assert first.body["text"]["body"].startswith("*Uw opzegvergoeding*\na a")
    assert "header" not in second.body["interactive"]


def in_sections(*sections: Any) -> Any:
    return [{"title": f"Rij {number}", "payload": f"/{number}", "section": s} for number, s in enumerate(sections)]


def test_choices_with_sections_are_a_list_with_headings() -> None:
    (found,) = render({"text": "Kies", "buttons": in_sections("Schade", "Lease", "Schade")}, WORDING)
    sections = found.body["interactive"]["action"]["sections"]
    assert [(part["title"], [row["title"] for row in part["rows"]]) for part in sections] == [
        ("Schade", ["Rij 0", "Rij 2"]),
        ("Lease", ["Rij 1"]),
    ]


@pytest.mark.parametrize("sections", [("x" * 21, "Lease"), ("", "Lease")])
def test_sections_that_a_list_cannot_show_become_numbered_text(sections: Any) -> None:
    (found,) = render({"text": "Kies", "buttons": in_sections(*sections)}, WORDING)
    assert found.numbered
    assert "*Lease*\n2. Rij 1" in found.body["text"]["body"]


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
    assert all(limits.length(title) <= limits.HEADER for title in WORDING.cards.values())
