"""The terms as data: what the documents say, the edition of a contract, and errors that stop the program."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from lease_assistant.terms import DATA, ArticleRef, Edition, NoEdition, Terms, TermsError, load_edition, load_terms

EDITION = load_edition(DATA / "terms" / "2017-12")

HEAD = "valid_from: 2020-01-01\ndocuments: {AV: Aanvullende Voorwaarden, GV: Gebruiksvoorwaarden}\n"
ARTICLES = 'AV: {"3.6": Eigen risico, "3.10": Vervangend vervoer}\nGV: {contact: Klantenservice}\n'
PARAMETERS = 'deductible.low: {value: "135", unit: euro, article: AV 3.6}\n'


def write_edition(folder: Path, head: str = HEAD, articles: str = ARTICLES, parameters: str = PARAMETERS) -> Path:
    folder.mkdir(parents=True)
    (folder / "edition.yml").write_text(head, encoding="utf-8")
    (folder / "articles.yml").write_text(articles, encoding="utf-8")
    (folder / "parameters.yml").write_text(parameters, encoding="utf-8")
    return folder


# What the documents say, typed over from them: a slip in the data shows here.
@pytest.mark.parametrize(
    ("name", "text", "article"),
    [
        ("termination.percentage", "35%", "AV 3.16"),
        ("termination.first_period_months", "12 maanden", "AV 3.17"),
        ("termination.example_instalment", "€ 400", "AV 3.16"),
        ("termination.example_lease_term", "48 maanden", "AV 3.16"),
        ("termination.example_months_used", "24 maanden", "AV 3.16"),
        ("termination.example_comparison_instalment", "€ 475", "AV 3.16"),
        ("termination.example_fixed_fee", "€ 3.360", "AV 3.16"),
        ("termination.example_maximum_fee", "€ 1.800", "AV 3.16"),
        ("deductible.low", "€ 135", "AV 3.6"),
        ("deductible.middle", "€ 450", "AV 3.6"),
        ("deductible.high", "€ 1.000", "AV 3.6"),
        ("deductible.glass", "€ 135", "AV 3.6"),
        ("deductible.claims_threshold", "twee", "AV 3.6"),
        ("deductible.period_months", "twaalf maanden", "AV 3.6"),
        ("damage.notice_hours", "24 uur", "AV 3.7"),
        ("damage.form_hours", "72 uur", "AV 3.7"),
        ("damage.police_report_hours", "24 uur", "AV 3.7"),
        ("damage.online_maximum", "€ 3.000", "AV 3.7"),
        ("driver.minimum_age", "18 jaar", "AV 3.8"),
        ("abroad.max_months", "6 maanden", "AV 3.8"),
        ("replacement.minimum_hours", "24 uur", "AV 3.10"),
        ("documents.paper_fee", "€ 2,50", "AV 4.7"),
        ("portal.access_months", "18 maanden", "GV 2.1"),
        ("contact.phone", "070 41 47 560", "GV contact"),
        ("contact.phone_international", "+31 70 41 47 560", "GV contact"),
        ("contact.email", "csc@alphera.nl", "GV contact"),
        ("contact.termination_email", "csc@bmw.nl", "AV 3.15"),
    ],
)
def test_figures_of_the_documents(name: str, text: str, article: str) -> None:
    assert str(EDITION[name]) == text
    assert str(EDITION[name].article) == article


def test_termination_address() -> None:
    address = str(EDITION["contact.termination_address"])

    assert address.startswith("BMW Financial Services, t.a.v. afdeling CSC, Postbus 477, 2400 AL ")


def test_articles_of_both_documents_are_complete() -> None:
    last = {"AV 3": 18, "AV 4": 7, "GV 1": 5, "GV 2": 2, "GV 3": 2, "GV 4": 5, "GV 5": 3, "GV 6": 6}
    last |= {"GV 7": 3, "GV 8": 3, "GV 9": 5}
    numbered = {f"{chapter}.{number}" for chapter, count in last.items() for number in range(1, count + 1)}

    assert {str(ref) for ref in EDITION.articles} == numbered | {"AV 1", "AV 2", "GV contact"}


@pytest.mark.parametrize(
    ("text", "document", "number"),
    [("AV 1", "AV", "1"), ("AV 3.6", "AV", "3.6"), ("AV 3.18", "AV", "3.18"), ("GV contact", "GV", "contact")],
)
def test_article(text: str, document: str, number: str) -> None:
    ref = ArticleRef.parse(text)

    assert ref == ArticleRef(document, number)
    assert str(ref) == text
    assert ref.citation() == {"document": document, "article": number}


@pytest.mark.parametrize(
    "text", ["", "3.6", "AV", "AV3.6", "XX 3.6", "AV 3.", "AV 3.123", "AV 33.1", "AV 3.6 ", "av 3.6"]
)
def test_other_forms_are_not_an_article(text: str) -> None:
    with pytest.raises(TermsError, match="not an article"):
        ArticleRef.parse(text)


def test_source_line() -> None:
    assert EDITION.source_line([ArticleRef("AV", "3.6")]) == "Bron: Aanvullende Voorwaarden, artikel 3.6"
    assert EDITION.source_line([ArticleRef("AV", "3.16"), ArticleRef("GV", "contact")]) == (
        "Bron: Aanvullende Voorwaarden, artikel 3.16; Gebruiksvoorwaarden Mijn Financial Services, contactgegevens"
    )


def test_fill_prints_parameters_as_customers_read_them() -> None:
    text = "Meer dan {deductible.claims_threshold} schades in {deductible.period_months}: {deductible.high}."

    assert EDITION.fill(text) == "Meer dan twee schades in twaalf maanden: € 1.000."


def test_fill_leaves_other_braces_alone() -> None:
    assert EDITION.fill("{naam} {} {Naam.x}") == "{naam} {} {Naam.x}"


def test_unknown_parameter_is_named() -> None:
    with pytest.raises(TermsError, match=r"2017-12.*'deductible\.lowest'"):
        EDITION.fill("Uw eigen risico is {deductible.lowest}.")


def test_amounts() -> None:
    assert EDITION.amount("documents.paper_fee") == Decimal("2.50")
    assert EDITION.whole("damage.form_hours") == 72
    assert EDITION.whole("deductible.low") == 135
    with pytest.raises(TermsError, match=r"contact\.phone is a text"):
        EDITION.amount("contact.phone")
    with pytest.raises(TermsError, match=r"documents\.paper_fee is not a whole number"):
        EDITION.whole("documents.paper_fee")


def test_data_of_the_program_loads() -> None:
    assert load_terms().for_contract(date(2017, 12, 1)).name == "2017-12"


@pytest.mark.parametrize(
    ("signed", "name"),
    [
        (date(2018, 1, 1), "a-oldest"),
        (date(2019, 12, 31), "a-oldest"),
        (date(2020, 1, 1), "0-middle"),
        (date(2023, 6, 30), "0-middle"),
        (date(2023, 7, 1), "b-newest"),
        (date(2040, 1, 1), "b-newest"),
    ],
)
def test_edition_of_a_contract(tmp_path: Path, signed: date, name: str) -> None:
    # The order of the names is not the order of the dates.
    for folder, valid_from in (("b-newest", "2023-07-01"), ("0-middle", "2020-01-01"), ("a-oldest", "2018-01-01")):
        write_edition(tmp_path / folder, head=HEAD.replace("2020-01-01", valid_from))
    (tmp_path / "README.md").write_text("not an edition")
    terms = load_terms(tmp_path)

    assert terms.for_contract(signed).name == name
    assert terms.current.name == "b-newest"


def test_older_contract_has_no_edition() -> None:
    terms = Terms((EDITION,))

    assert terms.for_contract(date(2017, 12, 1)) is EDITION
    with pytest.raises(NoEdition, match="2017-11-30"):
        terms.for_contract(date(2017, 11, 30))


def test_figures_of_an_edition_decide_what_is_printed(tmp_path: Path) -> None:
    edition: Edition = load_edition(write_edition(tmp_path / "new", parameters=PARAMETERS.replace("135", "150")))

    assert edition.fill("{deductible.low}") == "€ 150"


@pytest.mark.parametrize(
    ("parameter", "message"),
    [
        ('{value: "1", unit: dollar, article: AV 3.6}', "unknown unit: dollar"),
        ('{value: "1", unit: euro, article: AV 3.7}', "does not exist: AV 3.7"),
        ('{value: "1", unit: euro, article: GV 3.6}', "does not exist: GV 3.6"),
        ('{value: "1", unit: euro, article: artikel 3.6}', "not an article"),
        ('{value: "1", unit: euro, article: 3.6}', "expected form"),
        ('{value: "1", unit: euro}', "exactly value, unit and article"),
        ('{value: "1", article: AV 3.6}', "exactly value, unit and article"),
        ("{unit: euro, article: AV 3.6}", "exactly value, unit and article"),
        ('{value: "1", unit: euro, article: AV 3.6, note: x}', "exactly value, unit and article"),
        ("", "expected form"),
        ('{value: "1,50", unit: euro, article: AV 3.6}', "not a number: '1,50'"),
        ("{value: veel, unit: percent, article: AV 3.6}", "not a number: 'veel'"),
        ("{value: veel, unit: hours, article: AV 3.6}", "not a number: 'veel'"),
        ("{value: veel, unit: years, article: AV 3.6}", "not a number: 'veel'"),
        ('{value: "6.5", unit: months, article: AV 3.6}', "not a number: '6.5'"),
        ('{value: "2.5", unit: count_in_words, article: AV 3.6}', "not a number: '2.5'"),
        ("{value: NaN, unit: euro, article: AV 3.6}", "not a number: 'NaN'"),
        ("{value: Infinity, unit: percent, article: AV 3.6}", "not a number: 'Infinity'"),
        ("{value: , unit: euro, article: AV 3.6}", "not a number: None"),
    ],
)
def test_wrong_parameter_stops_loading(tmp_path: Path, parameter: str, message: str) -> None:
    folder = write_edition(tmp_path / "edition", parameters=PARAMETERS + f"group.name: {parameter}\n")

    with pytest.raises(TermsError, match=message):
        load_edition(folder)


@pytest.mark.parametrize(
    ("file", "content", "message"),
    [
        ("edition.yml", "valid_from: [2020", "cannot read .*edition.yml"),
        ("edition.yml", "valid_from: 2020-13-01\n", "cannot read .*edition.yml"),
        ("articles.yml", "AV: {", "cannot read .*articles.yml"),
        ("parameters.yml", "a: b: c", "cannot read .*parameters.yml"),
        ("parameters.yml", "", "expected form"),
        ("edition.yml", "", "expected form"),
        ("edition.yml", "valid_from: 2020-01-01\n", "expected form.*documents"),
        ("edition.yml", "documents: {AV: a, GV: b}\n", "expected form.*valid_from"),
        ("edition.yml", HEAD.replace("2020-01-01", '"2020-01-01"'), "valid_from is not a date"),
        ("edition.yml", HEAD.replace("2020-01-01", "2020-01-01 00:00:00"), "valid_from is not a date"),
        ("edition.yml", "valid_from: 2020-01-01\ndocuments: {AV: a}\n", "document GV has articles but no title"),
        ("articles.yml", "AV: {3.10: Vervangend vervoer}\n", "needs quotes"),
        ("articles.yml", 'AV: {"3.6a": Eigen risico}\n', "not an article"),
    ],
)
def test_wrong_file_stops_loading(tmp_path: Path, file: str, content: str, message: str) -> None:
    folder = write_edition(tmp_path / "edition")
    (folder / file).write_text(content, encoding="utf-8")

    with pytest.raises(TermsError, match=message):
        load_edition(folder)


@pytest.mark.parametrize("file", ["edition.yml", "articles.yml", "parameters.yml"])
def test_missing_or_unreadable_file_is_named(tmp_path: Path, file: str) -> None:
    folder = write_edition(tmp_path / "edition")
    (folder / file).write_bytes(b"\xff\xfe\xff")
    with pytest.raises(TermsError, match=f"cannot read .*{file}"):
        load_edition(folder)

    (folder / file).unlink()
    with pytest.raises(TermsError, match=f"cannot read .*{file}"):
        load_edition(folder)


def test_one_wrong_edition_stops_all(tmp_path: Path) -> None:
    write_edition(tmp_path / "good")
    write_edition(tmp_path / "wrong", parameters=PARAMETERS.replace("euro", "dollar"))

    with pytest.raises(TermsError, match="unknown unit"):
        load_terms(tmp_path)


@pytest.mark.parametrize("folder", [".", "absent"])
def test_no_edition_at_all(tmp_path: Path, folder: str) -> None:
    with pytest.raises(TermsError, match="no edition"):
        load_terms(tmp_path / folder)


def test_two_editions_from_the_same_day_contradict_each_other(tmp_path: Path) -> None:
    write_edition(tmp_path / "one")
    write_edition(tmp_path / "two")

    with pytest.raises(TermsError, match="same day"):
        load_terms(tmp_path)
