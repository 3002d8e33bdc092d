// Keeps what readers will see, and what is still wrong, beside the form of a quote while it is filled in.
"use strict";

(() => {
  const place = document.getElementById("card");
  const form = document.getElementById("quote-form");
  if (!place) return;
  if (place.dataset.card) drawReaderCard(place, JSON.parse(place.dataset.card));
  if (!form) return;

  const touched = new Set();
  let waiting;
  let latest = 0;
  let released = Promise.resolve();

  // A button that moves between press and release is not pressed: what the form tells waits for the release.
  document.addEventListener("pointerdown", () => {
    released = new Promise((resolve) => {
      for (const end of ["pointerup", "pointercancel"]) {
        addEventListener(end, () => setTimeout(resolve), { once: true });
      }
    });
  });

  form.addEventListener("input", (event) => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 250);
    if (event.target.getAttribute("aria-invalid")) touched.add(event.target.name);
  });
  form.addEventListener("change", (event) => {
    touched.add(event.target.name);
    ask();
  });

  async function ask() {
    clearTimeout(waiting);
    const number = ++latest;
    const answer = await fetch(form.dataset.preview, {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
    }).catch(() => null);
    if (!answer?.ok) return;
    const { card, faults, hints } = await answer.json();
    await released;
    if (number !== latest) return;
    if (card) drawReaderCard(place, card);
    for (const element of form.querySelectorAll("[data-fault-of]")) tellFault(element, faults);
    for (const [name, rating] of Object.entries(hints)) tellHint(name, rating);
  }

  // What a person has not come to yet is not held against them.
  function tellFault(element, faults) {
    const name = element.dataset.faultOf;
    const field = form.elements.namedItem(name);
    const fault = touched.has(name) ? faults[name] : undefined;
    if (!touched.has(name) || !field) return;
    element.textContent = fault ?? "";
    element.hidden = !fault;
    if (fault) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  }

  function tellHint(name, rating) {
    const hint = form.querySelector(`[data-hint-of="${CSS.escape(name)}"]`);
    const option = [...(form.elements.namedItem(name)?.options ?? [])].find(({ value }) => value === rating);
    if (hint) hint.textContent = rating && option ? `The label map says: ${option.textContent}.` : "";
  }
})();
