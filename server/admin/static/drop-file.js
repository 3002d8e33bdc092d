// A file that is dropped anywhere on the page goes into its form.
"use strict";

(() => {
  const form = document.querySelector("form[data-drop]");
  const field = form?.querySelector('input[type="file"]');
  if (!field) return;

  document.addEventListener("dragover", (event) => {
    if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
  });
  document.addEventListener("drop", (event) => {
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    field.files = event.dataTransfer.files;
    field.focus();
    form.scrollIntoView({ block: "nearest" });
  });
})();
