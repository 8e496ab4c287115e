"""Nothing is lost and nothing comes twice: reload, lost connection, stopped server, two tabs."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.web.harness import Servers
from tests.web.widget import Widget

pytestmark = pytest.mark.browser


def test_a_reload_in_the_middle_of_a_flow(widget: Widget) -> None:
    widget.ask("wat kost eerder stoppen als ik 400 euro per maand betaal?")
    before = widget.texts()
    progress = widget.page.locator(".progress").inner_text()
    widget.page.reload()
    expect(widget.page.locator(".log > *")).to_have_count(len(before))
    assert widget.texts() == before
    expect(widget.page.locator(".progress")).to_have_text(progress)
    expect(widget.ask("48 maanden")).to_contain_text("Na hoeveel maanden wilt u stoppen?")


def test_offline_and_back(widget: Widget) -> None:
    widget.page.context.set_offline(True)
    widget.type("heb ik winterbanden?")
    widget.type("en wie betaalt een boete?")
    expect(widget.page.get_by_text("Geen verbinding.")).to_be_visible()
    expect(widget.waiting).to_have_count(2)
    widget.page.context.set_offline(False)
    expect(widget.waiting).to_have_count(0, timeout=20_000)
    widget.wait_for_replies(3)
    assert widget.said_texts() == ["heb ik winterbanden?", "en wie betaalt een boete?"]
    expect(widget.page.get_by_text("Geen verbinding.")).to_have_count(0)


def test_the_server_is_stopped_and_started_in_the_middle(widget: Widget, servers: Servers) -> None:
    widget.ask("wat kost eerder stoppen als ik 400 euro per maand betaal?")
    # The buttons of the question go away when it is answered.
    before = [text for text in widget.texts() if "36 maanden" not in text]
    servers.stop("rasa")
    widget.type("48 maanden")
    expect(widget.waiting).to_have_count(1)
    expect(widget.page.get_by_text("Geen verbinding.")).to_be_visible()
    servers.restart_rasa()
    expect(widget.waiting).to_have_count(0, timeout=30_000)
    expect(widget.replies.last).to_contain_text("Na hoeveel maanden wilt u stoppen?")
    after = widget.texts()
    assert after[: len(before)] == before
    assert widget.said_texts().count("48 maanden") == 1
    assert len(after) == len(before) + 2


def test_a_crash_in_the_middle_of_a_damage_report(widget: Widget, servers: Servers) -> None:
    widget.choose("Schade melden")
    widget.ask("tegen een paaltje gereden")
    servers.kill("rasa")
    servers.restart_rasa()
    expect(widget.ask("gisteren om 15 uur")).to_contain_text("Hoe hoog schat u de schade")
    expect(widget.page.locator(".progress")).to_contain_text("Vraag 4 van 6")
    widget.ask("400 euro")
    widget.choose("Nee")
    expect(widget.choose("Nee").get_by_role("group", name="Uw schade")).to_contain_text("Online melden kan")


def test_a_message_survives_the_page_that_could_not_deliver_it(widget: Widget) -> None:
    widget.page.route("**/messages", lambda route: route.abort())
    widget.type("heb ik winterbanden?")
    expect(widget.waiting).to_have_count(1)
    widget.page.unroute("**/messages")
    widget.page.reload()
    widget.wait_for_replies(2)
    assert widget.said_texts() == ["heb ik winterbanden?"]


def test_a_reply_that_got_lost_does_not_make_the_message_count_twice(widget: Widget) -> None:
    def lose_the_reply(route: Route) -> None:
        route.fetch()
        route.abort()

    widget.page.route("**/messages", lose_the_reply, times=1)
    widget.type("heb ik winterbanden?")
    expect(widget.waiting).to_have_count(0)
    widget.wait_for_replies(2)
    assert widget.said_texts() == ["heb ik winterbanden?"]


def test_it_shows_that_the_assistant_is_typing(widget: Widget) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    widget.page.route("**/messages", hold)
    widget.type("heb ik winterbanden?")
    expect(widget.page.get_by_text("De assistent typt …")).to_be_visible()
    held[0].continue_()
    widget.wait_for_replies(2)
    expect(widget.page.get_by_text("De assistent typt …")).to_have_count(0)


def test_without_a_stream_replies_come_with_the_message(watched: Callable[[], Page], servers: Servers) -> None:
    page = watched()
    page.route("**/events?*", lambda route: route.abort())
    widget = Widget(page, servers.page)
    widget.wait_for_replies(1)
    expect(widget.ask("heb ik winterbanden?")).to_contain_text("Bron:")
    assert widget.said_texts() == ["heb ik winterbanden?"]


def test_two_tabs_show_the_same_conversation(widget: Widget, servers: Servers, watched: Callable[[], Page]) -> None:
    other = Widget(watched(), servers.page)
    other.wait_for_replies(1)
    widget.ask("heb ik winterbanden?")
    other.wait_for_replies(2)
    assert other.said.all_inner_texts() == widget.said.all_inner_texts()


def test_deleting_deletes_on_the_server_too(widget: Widget, servers: Servers) -> None:
    widget.ask("heb ik winterbanden?")
    key = widget.page.evaluate("JSON.parse(localStorage.getItem(Object.keys(localStorage)[0])).token")
    widget.page.get_by_role("button", name="Gesprek wissen").click()
    widget.page.get_by_role("dialog").get_by_role("button", name="Annuleren").click()
    widget.wait_for_replies(2)
    widget.page.get_by_role("button", name="Gesprek wissen").click()
    widget.page.get_by_role("dialog").get_by_role("button", name="Ja, wissen").click()
    expect(widget.said).to_have_count(0)
    widget.wait_for_replies(1)
    gone = widget.page.request.get(f"{servers.channel}/history", headers={"Authorization": f"Bearer {key}"})
    assert (gone.status, gone.json()["error"]["code"]) == (404, "conversation_unknown")


def test_a_conversation_that_is_gone_is_replaced_and_the_message_kept(widget: Widget) -> None:
    widget.page.evaluate(
        """() => {
          const name = Object.keys(localStorage)[0];
          const key = JSON.parse(localStorage.getItem(name));
          localStorage.setItem(name, JSON.stringify({ ...key, token: key.token.slice(0, -3) + "AAA" }));
        }"""
    )
    widget.page.reload()
    expect(widget.page.get_by_text("Uw vorige gesprek is verlopen.")).to_be_visible()
    widget.wait_for_replies(1)
    expect(widget.ask("heb ik winterbanden?")).to_contain_text("Bron:")
