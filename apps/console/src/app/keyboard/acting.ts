const OPENER = '[data-row-link], a[href]';

/** The row that has the focus, or that something inside it has; none behind an open drawer or dialog. */
export function rowOfFocus(): HTMLElement | undefined {
  const row = document.activeElement?.closest<HTMLElement>('[data-row]');
  return row && scope().contains(row) ? row : undefined;
}

/** Moves the focus to a neighbouring row, or to the first one: to what opens it, else to the row itself. @returns false when there is none */
export function moveToRow(step: 1 | -1): boolean {
  const rows = [...scope().querySelectorAll<HTMLElement>('[data-row]')];
  const current = rows.indexOf(rowOfFocus() as HTMLElement);
  const next = rows[current === -1 ? 0 : current + step];
  if (!next) return false;
  const opener = next.querySelector<HTMLElement>(OPENER);
  // Enter is to do nothing in a row that opens nothing, not to press the first of its buttons.
  if (!opener) next.tabIndex = -1;
  (opener ?? next).focus();
  next.scrollIntoView({ block: 'nearest' });
  return true;
}

/**
 * Presses what stands for a key: in the row of the focus, and nowhere else while there is one; else in the open drawer or dialog,
 * else on the page, but never in a row that has not the focus.
 */
export function acted(key: string): boolean {
  const marked = `[data-key="${key}"]:not([disabled])`;
  const row = rowOfFocus();
  const element = row
    ? row.querySelector<HTMLElement>(marked)
    : [...scope().querySelectorAll<HTMLElement>(marked)].find((one) => one.closest('[data-row]') === null);
  element?.click();
  return element !== null && element !== undefined;
}

/** Moves the focus to the field that narrows the list in sight. @returns false when there is none */
export function focusedFilter(): boolean {
  const field = scope().querySelector<HTMLElement>('[data-list-filter]');
  field?.focus();
  return field !== null;
}

/** What one works in: the drawer or dialog that opened last, else the page. */
function scope(): HTMLElement | Document {
  return [...document.querySelectorAll<HTMLElement>('[role="dialog"]')].at(-1) ?? document;
}
