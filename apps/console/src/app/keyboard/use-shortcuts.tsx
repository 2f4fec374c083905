import { useEffect } from 'react';
import { useCopy } from '../../shown';
import { acted, focusedFilter, moveToRow, rowOfFocus } from './acting';
import { useShortcutHelp } from './shortcut-help';
import { shortcutOf } from './shortcut';

/**
 * One listener for the whole console. Pages need no code for it, only marks: `data-row="<id>"` on a row, `data-key="r"` on what a
 * key presses (in the row of the focus; outside rows, in the open drawer or else on the page), `data-list-filter` on the field of `/`.
 */
export function useShortcuts(): void {
  const help = useShortcutHelp();
  const copy = useCopy();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const shortcut = shortcutOf(event);
      if (shortcut === undefined) return;
      const done = perform(shortcut, { help: help.open, copy: (text) => void copy(text) });
      if (done) event.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [help.open, copy]);
}

interface Means {
  readonly help: () => void;
  readonly copy: (text: string) => void;
}

function perform(shortcut: NonNullable<ReturnType<typeof shortcutOf>>, { help, copy }: Means): boolean {
  switch (shortcut) {
    case '?':
      help();
      return true;
    case '/':
      return focusedFilter();
    case 'j':
      return moveToRow(1);
    case 'k':
      return moveToRow(-1);
    case 'c': {
      const id = rowOfFocus()?.dataset.row;
      if (acted('c')) return true;
      if (id) copy(id);
      return id !== undefined;
    }
    case 'r':
    case '[':
    case ']':
      return acted(shortcut);
  }
}
