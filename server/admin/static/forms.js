// Sends a form once, however often its button is pressed, and asks before what was typed into one is left behind.
"use strict";

(() => {
  // A form that got no answer can be sent again after this long.
  const ANSWER_MILLISECONDS = 5_000;
  const edited = new Set(document.querySelectorAll('form[data-edited="yes"]'));
  const sent = new WeakSet();

  document.addEventListener("input", ({ target }) => {
    if (target.form?.hasAttribute("data-edited")) edited.add(target.form);
  });

  // Before the form's own listeners: they are not to hear of a second press either.
  document.addEventListener("submit", send, true);

  function send(event) {
    const form = event.target;
    if (form.method !== "post") return;
    if (sent.has(form)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    sent.add(form);
    edited.delete(form);
    setTimeout(() => sent.delete(form), ANSWER_MILLISECONDS);
  }

  addEventListener("beforeunload", (event) => {
    // A form that was sent in its place on the page has gone from it.
    if ([...edited].some((form) => form.isConnected)) event.preventDefault();
  });
})();
