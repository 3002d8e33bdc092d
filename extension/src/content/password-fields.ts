const PASSWORD_FIELD =
  "input[type='password' i], input[autocomplete~='current-password' i], input[autocomplete~='new-password' i]";

/** Whether a password can be typed on the page: then its text is nobody's business. */
export function hasPasswordField(
  roots: readonly ParentNode[],
  { hiddenToo }: { hiddenToo: boolean },
): boolean {
  return roots.some((root) =>
    [...root.querySelectorAll(PASSWORD_FIELD)].some((field) => hiddenToo || field.checkVisibility()),
  );
}
