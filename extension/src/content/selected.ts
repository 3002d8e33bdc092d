/** Whether the reader has selected some of these words. */
export function isSelected({ ranges }: { readonly ranges: readonly Range[] }): boolean {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return false;
  const selected = selection.getRangeAt(0);
  return ranges.some(
    (range) =>
      // Ranges of two trees can't be compared.
      selected.intersectsNode(range.startContainer) &&
      selected.compareBoundaryPoints(Range.START_TO_END, range) > 0 &&
      selected.compareBoundaryPoints(Range.END_TO_START, range) < 0,
  );
}
