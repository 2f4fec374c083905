import { type ReactNode } from 'react';
import { PaletteProvider } from '../palette/lazy-palette';
import { ShortcutHelp, ShortcutHelpProvider } from './shortcut-help';
import { useShortcuts } from './use-shortcuts';

/** Everything that a mouse can do, from the keyboard: the shortcuts, their help, and the palette. */
export function Keyboard({ children }: { readonly children: ReactNode }) {
  return (
    <ShortcutHelpProvider>
      <Shortcuts />
      <ShortcutHelp />
      <PaletteProvider>{children}</PaletteProvider>
    </ShortcutHelpProvider>
  );
}

function Shortcuts() {
  useShortcuts();
  return null;
}
