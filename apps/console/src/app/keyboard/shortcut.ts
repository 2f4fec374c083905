export type Shortcut = '?' | '/' | 'j' | 'k' | 'c' | 'r' | '[' | ']';

const SHORTCUTS: readonly string[] = ['?', '/', 'j', 'k', 'c', 'r', '[', ']'] satisfies Shortcut[];
// A text that is only shown may call itself a text box too; one cannot type into it.
const TYPED_INTO =
  'input, textarea, select, [contenteditable=""], [contenteditable="true"], [role="textbox"]:not([aria-readonly="true"]), [role="menu"], [role="listbox"]';
// Many keyboards have these two behind AltGr or Option only.
const BEHIND_ALT: readonly string[] = ['[', ']'] satisfies Shortcut[];

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
  if (press.metaKey || press.isComposing || press.defaultPrevented) return undefined;
  // AltGr may come as Ctrl and Alt together.
  if (press.altKey ? !BEHIND_ALT.includes(press.key) : press.ctrlKey) return undefined;
  const target = press.target as { closest?: (selector: string) => unknown } | null;
  if (target?.closest?.(TYPED_INTO)) return undefined;
  return SHORTCUTS.includes(press.key) ? (press.key as Shortcut) : undefined;
}
