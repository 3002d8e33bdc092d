"""The window of the extension's button in Firefox, with the same face as `Popup`."""

from __future__ import annotations

import base64
import json
from typing import Any

from tests.browser.folders import OUTPUT
from tests.browser.marionette import Marionette
from tests.browser.popup_reading import PopupReading


class FirefoxPopup(PopupReading):
    """The real popup: opened as by a click on the button, and asked by a frame script in its own process."""

    def __init__(self, marionette: Marionette, extension: str) -> None:
        self._marionette = marionette
        self._in_window(_OPEN, extension)
        self.await_that("document.readyState === 'complete' && document.body.dataset.state")

    def evaluate(self, expression: str) -> Any:
        value, fault = self._in_window(_ASK, expression, _FRAME_SCRIPT)
        assert fault is None, fault
        return value

    def click(self, selector: str) -> None:
        """Click as a person does: with the rights that a person's click gives."""
        self.evaluate(f"document.querySelector({json.dumps(selector)}).click()")

    def screenshot(self, name: str) -> None:
        OUTPUT.mkdir(exist_ok=True)
        picture = self._in_window(_DRAW).partition(",")[2]
        (OUTPUT / f"{name}.png").write_bytes(base64.b64decode(picture))

    def close(self) -> None:
        self._in_window(_CLOSE)

    def _in_window(self, function: str, *arguments: Any) -> Any:
        with self._marionette.chrome():
            return self._marionette.call(function, *arguments, sandbox="system")


# It may run the tests' code where the page's own policy allows no code but the extension's files. What is asked
# twice is done once.
_FRAME_SCRIPT = """
    const answers = content.answers ??= new Map();
    const answerTo = async expression => {
        const gesture = content.windowUtils.setHandlingUserInput(true);
        try {
            const sandbox = new Cu.Sandbox(content, {sandboxPrototype: content, wantXrays: false});
            const value = await Cu.evalInSandbox(expression, sandbox);
            return [value === undefined ? null : JSON.parse(JSON.stringify(value)), null];
        } catch (fault) {
            return [null, String(fault)];
        } finally {
            gesture.destruct();
        }
    };
    addMessageListener('test:ask', async ({data: {number, expression}}) => {
        if (!answers.has(number)) answers.set(number, answerTo(expression));
        sendAsyncMessage('test:answer', {number, answer: await answers.get(number)});
    });
"""

_WINDOW = "const window = Services.wm.getMostRecentWindow('navigator:browser');"
_POPUP = "window.document.querySelector('.webextension-popup-browser')"

_OPEN = f"""async id => {{
    {_WINDOW}
    const {{ExtensionParent}} = ChromeUtils.importESModule('resource://gre/modules/ExtensionParent.sys.mjs');
    const {{extension}} = WebExtensionPolicy.getByID(id);
    await ExtensionParent.apiManager.global.browserActionFor(extension).openPopup(window, false);
    for (let i = 0; i < 1_000; i++) {{
        const browser = {_POPUP};
        if (browser?.contentTitle && browser.currentURI.spec.startsWith('moz-extension:')) return;
        await new Promise(done => window.setTimeout(done, 20));
    }}
    throw new Error('the popup did not open');
}}"""

# While a popup opens, Firefox moves its document from one element to another: it is asked until it answers.
_ASK = f"""(expression, script) => new Promise((done, fail) => {{
    {_WINDOW}
    const number = Math.random();
    const managers = new Set();
    const hear = ({{data}}) => {{
        if (data.number === number) end(data.answer);
    }};
    const end = answer => {{
        window.clearInterval(again);
        for (const manager of managers) manager.removeMessageListener('test:answer', hear);
        done(answer);
    }};
    const ask = () => {{
        const manager = {_POPUP}?.messageManager;
        if (!manager) {{
            end([null, 'the popup has closed']);
            return;
        }}
        if (!managers.has(manager)) manager.addMessageListener('test:answer', hear);
        managers.add(manager);
        if (!manager.listens || tries++ > 0) manager.loadFrameScript('data:,' + encodeURIComponent(script), false);
        manager.listens = true;
        manager.sendAsyncMessage('test:ask', {{number, expression}});
    }};
    let tries = 0;
    const again = window.setInterval(ask, 700);
    ask();
}})"""

_DRAW = f"""async () => {{
    {_WINDOW}
    const browser = {_POPUP};
    const {{width, height}} = browser.getBoundingClientRect();
    const picture = await browser.browsingContext.currentWindowGlobal.drawSnapshot(
        new window.DOMRect(0, 0, width, height), 1, 'white');
    const canvas = window.document.createElementNS('http://www.w3.org/1999/xhtml', 'canvas');
    [canvas.width, canvas.height] = [picture.width, picture.height];
    canvas.getContext('2d').drawImage(picture, 0, 0);
    return canvas.toDataURL();
}}"""

_CLOSE = f"""async () => {{
    {_WINDOW}
    {_POPUP}?.closest('panel').hidePopup();
    for (let i = 0; i < 1_500 && {_POPUP}; i++) await new Promise(done => window.setTimeout(done, 20));
}}"""
