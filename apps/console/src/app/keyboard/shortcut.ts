export type Shortcut = '?' | '/' | 'j' | 'k' | 'c' | 'r' | '[' | ']';

const SHORTCUTS: readonly string[] = ['?', '/', 'j', 'k', 'c', 'r', '[', ']'] satisfies Shortcut[];
const TYPED_INTO =
  'input, textarea, select, [contenteditable=""], [contenteditable="true"], [role="textbox"], [role="menu"], [role="listbox"]';

/** What of a key event the rule needs. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly isComposing: boolean;
  readonly defaultPrevented: boolean;
  readonly target: EventTarget | null;
}

/** The shortcut of a pressed key; none while one types, in a menu, or with a modifier, which belongs to the browser. */
export function shortcutOf(press: KeyPress): Shortcut | undefined {
  if (press.ctrlKey || press.metaKey || press.altKey || press.isComposing || press.defaultPrevented) return undefined;
  const target = press.target as { closest?: (selector: string) => unknown } | null;
  if (target?.closest?.(TYPED_INTO)) return undefined;
  return SHORTCUTS.includes(press.key) ? (press.key as Shortcut) : undefined;
}
