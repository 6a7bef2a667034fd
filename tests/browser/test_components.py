"""Every component with full and awkward data: read by axe at two widths and two schemes, and worked by keyboard."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.walker import walk

pytestmark = pytest.mark.browser

PAGES = {name: f"/gallery/{name}/" for name in ("list", "sheet", "case", "form", "act", "report")}


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_found_by_axe_and_nothing_is_wider_than_the_screen(
    gallery: Page, gallery_server: str, pictures: Path | None, name: str
) -> None:
    assert walk(gallery, gallery_server, {name: PAGES[name]}, pictures) == []


class TestKeyboard:
    def test_slash_goes_to_the_search_box(self, gallery: Page) -> None:
        gallery.goto("/gallery/list/")
        gallery.keyboard.press("/")
        expect(gallery.locator("#search")).to_be_focused()
        gallery.keyboard.type("j/")
        expect(gallery.locator("#search")).to_have_value("j/")

    def test_g_and_a_letter_opens_a_door(self, gallery: Page) -> None:
        gallery.goto("/gallery/list/")
        gallery.keyboard.press("g")
        gallery.keyboard.press("r")
        expect(gallery).to_have_url("/reports/")

    def test_j_k_move_x_previews_and_enter_opens(self, gallery: Page) -> None:
        gallery.goto("/gallery/list/")
        for key in ("j", "j", "j", "k"):
            gallery.keyboard.press(key)
        expect(gallery.locator("tbody tr").nth(1)).to_contain_class("x-current")
        gallery.keyboard.press("x")
        expect(gallery.locator("[data-peek-panel] h2")).to_have_text("BE-2026-7QK2M")
        gallery.keyboard.press("Escape")
        expect(gallery.locator("[data-peek-panel]")).to_be_hidden()
        gallery.keyboard.press("Enter")
        expect(gallery).to_have_url("/gallery/case/?1")

    def test_question_mark_shows_the_keys(self, gallery: Page) -> None:
        gallery.goto("/gallery/list/")
        gallery.keyboard.press("?")
        expect(gallery.locator("dialog")).to_be_visible()
        gallery.keyboard.press("Escape")
        expect(gallery.locator("dialog")).to_be_hidden()

    def test_y_on_a_hit_starts_its_consultation(self, gallery: Page) -> None:
        gallery.goto("/gallery/sheet/")
        gallery.keyboard.press("j")
        gallery.keyboard.press("y")
        expect(gallery).to_have_url("/gallery/act/")


class TestForms:
    def test_a_row_is_added_and_removed_without_a_page_load(self, gallery: Page) -> None:
        gallery.goto("/gallery/form/")
        gallery.get_by_role("button", name="Add an item").click()
        expect(gallery.locator("[name=items-TOTAL_FORMS]")).to_have_value("3")
        expect(gallery.locator("[name=items-2-code]")).to_be_focused()
        gallery.locator("[data-formset-row] button").first.click()
        expect(gallery.locator("[name=items-0-DELETE]")).to_be_checked(timeout=1000)
        expect(gallery.locator("[data-formset-row]:visible")).to_have_count(2)

    def test_the_error_summary_is_read_first_and_leads_to_the_field(self, gallery: Page) -> None:
        gallery.goto("/gallery/form/")
        expect(gallery.locator("#error-summary")).to_be_focused()
        gallery.get_by_role("link", name="Date of the decision").click()
        expect(gallery.locator("#id_decided")).to_be_focused()

    def test_help_and_error_belong_to_the_control(self, gallery: Page) -> None:
        gallery.goto("/gallery/form/")
        expect(gallery.locator("#id_decided")).to_have_accessible_description(
            "As on the decision, not of its dispatch. Enter a valid date."
        )


class TestTerms:
    def test_the_article_opens_on_focus(self, gallery: Page) -> None:
        gallery.goto("/gallery/case/")
        term = gallery.locator(".x-term").first
        term.focus()
        expect(gallery.get_by_role("tooltip").first).to_be_visible()
        gallery.keyboard.press("Escape")
        expect(gallery.get_by_role("tooltip").first).to_be_hidden()


class TestPreferences:
    def test_dark_is_kept_from_page_to_page(self, gallery: Page) -> None:
        gallery.goto("/gallery/list/")
        gallery.locator(".x-person summary").click()
        gallery.locator("[data-theme-toggle]").click()
        gallery.goto("/gallery/case/")
        expect(gallery.locator("html")).to_have_attribute("data-bs-theme", "dark")

    def test_the_language_is_changed_from_any_page(self, gallery: Page) -> None:
        gallery.goto("/gallery/list/")
        gallery.locator(".x-language summary").click()
        gallery.get_by_role("button", name="Deutsch").click()
        expect(gallery.locator("html")).to_have_attribute("lang", "de")


def test_everything_can_be_reached_without_scripts(gallery: Page, gallery_server: str) -> None:
    context = gallery.context.browser.new_context(base_url=gallery_server, java_script_enabled=False)
    plain = context.new_page()
    plain.goto("/gallery/list/")
    plain.locator(".x-row-link").first.click()
    expect(plain).to_have_url("/gallery/case/?0")
    plain.locator(".x-person summary").click()
    expect(plain.get_by_role("button", name="Sign out")).to_be_visible()
    context.close()
