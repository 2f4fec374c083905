const FOCUSABLE = 'a[href], button:not([disabled])';

/** The row that has the focus, or that something inside it has. */
export function rowOfFocus(): HTMLElement | undefined {
  return document.activeElement?.closest<HTMLElement>('[data-row]') ?? undefined;
}

/** Moves the focus to the link of a neighbouring row, or of the first one. @returns false when there is no row to go to */
export function moveToRow(step: 1 | -1): boolean {
  const scope = openLayer() ?? document;
  const rows = [...scope.querySelectorAll<HTMLElement>('[data-row]')];
  const current = rows.indexOf(rowOfFocus() as HTMLElement);
  const next = rows[current === -1 ? 0 : current + step];
  const link = next?.querySelector<HTMLElement>(FOCUSABLE);
  link?.focus();
  next?.scrollIntoView({ block: 'nearest' });
  return link !== undefined && link !== null;
}

/** Presses what stands for a key: in the row of the focus, else in the open drawer or dialog, else on the page. */
export function acted(key: string): boolean {
  const marked = `[data-key="${key}"]:not([disabled])`;
  const element = rowOfFocus()?.querySelector<HTMLElement>(marked) ?? (openLayer() ?? document).querySelector<HTMLElement>(marked);
  element?.click();
  return element !== null && element !== undefined;
}

function openLayer(): HTMLElement | undefined {
  return [...document.querySelectorAll<HTMLElement>('[role="dialog"]')].at(-1);
}
