"""Whole conversations in a real browser, against the real model and the real action server."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from lease_assistant.damage_desk import UnknownReference
from tests.web.harness import Servers
from tests.web.widget import Widget

pytestmark = pytest.mark.browser

QUOTE = "ik betaal 400 euro, looptijd 48 maanden, wil stoppen tegen de 25e maand, voor 24 maanden was het 475 euro"
DAMAGE = "gisteren om 15 uur tegen een paaltje gereden, 400 euro schade, niemand gewond, geen politie, niemand anders"
REFERENCE = re.compile(r"S-26(-[A-Z0-9]{4}){2}")


def test_it_says_at_the_start_that_it_is_automated(widget: Widget) -> None:
    expect(widget.page.get_by_text("U praat met een automatische assistent, niet met een mens.")).to_be_visible()
    expect(widget.replies.first).to_contain_text("automatische assistent")


def test_a_person_is_one_action_away(widget: Widget) -> None:
    widget.page.get_by_role("button", name="Medewerker spreken").first.click()
    reply = widget.reply_after(1)
    assert reply.get_by_role("link", name=re.compile("^Bel ")).get_attribute("href") == "tel:0704147560"
    expect(reply.get_by_role("link", name=re.compile("^Mail "))).to_be_visible()


def test_a_term_question_is_answered_with_its_article(widget: Widget) -> None:
    reply = widget.ask("hoe hoog is mijn eigen risico bij een ruit?")
    expect(reply).to_contain_text("€ 135")
    source = reply.get_by_role("button", name="Aanvullende Voorwaarden, artikel 3.6")
    source.click()
    dialog = widget.page.get_by_role("dialog", name="Eigen risico")
    expect(dialog).to_contain_text("Aanvullende Voorwaarden, artikel 3.6")
    widget.page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(source).to_be_focused()


def test_a_termination_quote_is_worked_out(widget: Widget) -> None:
    card = widget.ask(QUOTE).get_by_role("group", name="Uw opzegvergoeding")
    expect(card.locator(".outcome strong")).to_have_text(re.compile(r"€\s1\.800,00"))
    assert card.locator(".steps li").count() == 6
    assert card.locator(".steps").get_by_role("button", name="AV 3.16").count() == 6
    # 1,800 of 3,360 is 54 %: the bar is drawn although the policy forbids the style attribute.
    tracks, bars = card.locator(".track"), card.locator(".bar")
    widths = [bars.nth(n).bounding_box()["width"] / tracks.nth(n).bounding_box()["width"] for n in range(2)]
    assert widths == pytest.approx([1, 1800 / 3360], abs=0.01)


def test_a_damage_report_with_a_photo(widget: Widget, servers: Servers, tmp_path: Path) -> None:
    photo = tmp_path / "<img src=x onerror=alert(1)>.jpg"
    Image.new("RGB", (64, 48), "red").save(photo, exif=_exif_with_position())
    widget.choose("Schade melden")
    expect(widget.page.locator(".progress")).to_contain_text("Vraag 1 van 6")
    widget.ask("tegen een paaltje gereden")
    expect(widget.page.locator(".progress")).to_contain_text("Vraag 2 van 6")
    widget.ask("gisteren om 15 uur")
    with widget.page.expect_file_chooser() as chooser:
        widget.page.get_by_role("button", name="Foto toevoegen").click()
    chooser.value.set_files(photo)
    expect(widget.page.locator(".message.photo")).to_contain_text("Foto toegevoegd: <img src=x onerror=alert(1)>.jpg")
    widget.ask("400 euro")
    widget.choose("Nee")
    card = widget.choose("Nee").get_by_role("group", name="Uw schade")
    expect(card).to_contain_text("Online melden kan")
    expect(widget.page.locator(".progress")).to_be_hidden()
    assert card.locator("time").all_inner_texts()[0].endswith("26 maart om 15:00")
    card.get_by_role("checkbox").first.check()
    with widget.page.expect_download() as download:
        card.get_by_role("button", name="Zet in uw agenda (.ics)").click()
    assert "DTSTART:20260326T140000Z" in download.value.path().read_text(encoding="utf-8")
    reference = REFERENCE.search(widget.replies.last.inner_text())
    assert reference
    ((photo_kept, content),) = servers.damage_desk.photos(reference[0])
    assert photo_kept.media_type == "image/jpeg"
    with Image.open(BytesIO(content)) as picture:
        assert (picture.size, dict(picture.getexif())) == ((64, 48), {})
    assert servers.damage_desk.report(reference[0]).channel == "website"


def test_of_two_files_the_one_that_is_no_photo_is_named(widget: Widget, tmp_path: Path) -> None:
    program, photo = tmp_path / "<b>virus.jpg", tmp_path / "deuk.png"
    program.write_bytes(b"MZ" + b"\0" * 500)
    Image.new("RGB", (30, 30), "red").save(photo)
    widget.page.locator("input[type=file]").set_input_files([program, photo])
    expect(widget.page.locator(".message.photo")).to_contain_text("deuk.png")
    expect(widget.error).to_have_text(re.compile(r"^<b>virus\.jpg: Dit is geen foto die ik kan lezen\."))
    expect(widget.page.locator(".message.photo")).to_have_count(1)


def test_deleting_the_conversation_deletes_report_and_photos_and_says_so_before(
    widget: Widget, servers: Servers, tmp_path: Path
) -> None:
    photo = tmp_path / "deuk.png"
    Image.new("RGB", (30, 30), "blue").save(photo)
    widget.page.locator("input[type=file]").set_input_files(photo)
    expect(widget.page.locator(".message.photo")).to_be_visible()
    reference = REFERENCE.search(widget.ask(DAMAGE).inner_text())
    assert reference
    assert len(servers.damage_desk.report(reference[0]).photos) == 1
    widget.page.get_by_role("button", name="Gesprek wissen").click()
    dialog = widget.page.get_by_role("dialog")
    expect(dialog).to_contain_text("schadenummer")
    dialog.get_by_role("button", name="Ja, wissen").click()
    expect(widget.said).to_have_count(0)
    with pytest.raises(UnknownReference):
        servers.damage_desk.report(reference[0])


def _exif_with_position() -> Image.Exif:
    exif = Image.Exif()
    exif[0x010F] = "Camera"
    exif.get_ifd(0x8825)[2] = (52.0, 22.0, 12.0)
    return exif


def test_the_conversation_can_be_kept(widget: Widget) -> None:
    widget.ask("heb ik winterbanden?")
    with widget.page.expect_download() as download:
        widget.page.get_by_role("button", name="Gesprek bewaren").click()
    kept = download.value.path().read_text(encoding="utf-8")
    assert kept.startswith("Assistent: Goedendag.")
    assert "\n\nU: heb ik winterbanden?\n\nAssistent: " in kept


def test_typed_commands_are_only_text(widget: Widget) -> None:
    reply = widget.ask('/ask_term{"topic": "winter_tyres"}')
    expect(reply).not_to_contain_text("Bron: Aanvullende Voorwaarden, artikel 4.1")
    expect(widget.said.last).to_contain_text('/ask_term{"topic": "winter_tyres"}')


def test_text_with_html_has_no_effect(widget: Widget) -> None:
    attack = "<img src=x onerror=alert(1)><script>alert(2)</script>[x](javascript:alert(3))"
    widget.ask(attack)
    expect(widget.said.last).to_contain_text(attack)
    assert widget.page.locator(".log img, .log script, .log a[href^='javascript']").count() == 0
