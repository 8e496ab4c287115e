"""The widget as a visitor uses it."""

from playwright.sync_api import Locator, Page, expect


class Widget:
    """The widget in `page`. Playwright looks into open shadow roots by itself."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        page.goto(address)

    @property
    def box(self) -> Locator:
        """Where messages are typed."""
        return self.page.get_by_role("textbox", name="Uw bericht")

    @property
    def replies(self) -> Locator:
        """What the assistant said."""
        return self.page.locator(".message.bot")

    @property
    def said(self) -> Locator:
        """What the customer said, delivered or not."""
        return self.page.locator(".message.customer")

    @property
    def waiting(self) -> Locator:
        """What the customer said that is not delivered yet."""
        return self.page.locator(".waiting .message")

    @property
    def error(self) -> Locator:
        """The sentence that says what is wrong."""
        return self.page.locator(".error")

    def type(self, text: str) -> None:
        """Send a message."""
        self.box.fill(text)
        self.box.press("Enter")

    def ask(self, text: str) -> Locator:
        """Send a message and wait for the reply to it."""
        before = self.replies.count()
        self.type(text)
        return self.reply_after(before)

    def choose(self, title: str) -> Locator:
        """Press a button and wait for the reply."""
        before = self.replies.count()
        self.page.locator(".choices").get_by_role("button", name=title, exact=True).last.click()
        return self.reply_after(before)

    def reply_after(self, before: int) -> Locator:
        """The last reply, once there are more than `before` and the turn is over."""
        expect(self.replies.nth(before)).to_be_visible()
        expect(self.waiting).to_have_count(0)
        return self.replies.last

    def wait_for_replies(self, count: int) -> None:
        """Wait until there are exactly so many."""
        expect(self.replies).to_have_count(count)

    def said_texts(self) -> list[str]:
        """What the customer said, in order, without who says it."""
        return [text.removeprefix("U:").strip() for text in self.said.all_inner_texts()]

    def texts(self) -> list[str]:
        """Everything in the log, in order."""
        return self.page.locator(".log > *").all_inner_texts()
