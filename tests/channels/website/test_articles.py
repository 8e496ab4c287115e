import pytest

from lease_assistant.channels.website.articles import article_summary
from lease_assistant.channels.website.progress import FLOWS, progress_event
from lease_assistant.channels.website.refusals import Refused
from lease_assistant.terms import ArticleRef, load_terms


@pytest.mark.parametrize("article", sorted(load_terms().current.articles), ids=str)
def test_every_article_has_a_summary(article: ArticleRef) -> None:
    summary = article_summary(article.document, article.number)
    assert summary["title"] == load_terms().current.articles[article]
    assert len(summary["text"]) > 20
    assert "{" not in summary["text"]


def test_an_article_about_more_than_one_thing_has_a_heading_for_each() -> None:
    text = article_summary("AV", "4.1")["text"]
    assert text.startswith("**Winterbanden**\n")
    assert text.count("**") > 2
    assert "**" not in article_summary("AV", "3.3")["text"]


@pytest.mark.parametrize(("document", "number"), [("AV", "9.9"), ("XX", "1"), ("AV", "../3.6"), ("AV", "<b>")])
def test_other_articles_do_not_exist(document: str, number: str) -> None:
    with pytest.raises(Refused) as refused:
        article_summary(document, number)
    assert refused.value.status == 404


MAIN = [
    "damage_kind",
    "damage_occurred_at",
    "damage_single_sided",
    "damage_estimate",
    "damage_injury",
    "damage_police_present",
]


@pytest.mark.parametrize(
    ("slot", "position"),
    [("damage_kind", 1), ("damage_time", 2), ("damage_police_present", 6), ("damage_other_known", 6)],
)
def test_progress_counts_the_main_questions(slot: str, position: int) -> None:
    event = progress_event("damage_form", slot, MAIN)
    assert (event["flow"], event["position"], event["total"]) == ("damage", position, 6)


@pytest.mark.parametrize(
    ("form", "slot"), [(None, None), ("damage_form", None), ("other_form", "x"), ("damage_form", "x")]
)
def test_without_an_open_question_there_is_no_progress(form: str | None, slot: str | None) -> None:
    assert progress_event(form, slot, MAIN) == {"kind": "progress", "flow": None, "position": None, "total": None}


def test_every_flow_shows_its_progress() -> None:
    for flow in FLOWS:
        event = progress_event(f"{flow.name}_form", flow.slots[0], [flow.slots[0]])
        assert event["position"] == event["total"] == 1
