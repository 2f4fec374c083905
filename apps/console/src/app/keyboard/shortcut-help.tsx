import { createContext, lazy, type ReactNode, Suspense, useContext, useMemo, useState } from 'react';

interface Help {
  /** Undefined until it was opened once. */
  readonly opened: boolean | undefined;
  readonly open: () => void;
  readonly close: () => void;
}

const HelpContext = createContext<Help | undefined>(undefined);
const ShortcutTable = lazy(() => import('./shortcut-table').then(({ ShortcutTable: component }) => ({ default: component })));

export function ShortcutHelpProvider({ children }: { readonly children: ReactNode }) {
  const [opened, setOpened] = useState<boolean>();
  const help = useMemo(() => ({ opened, open: () => setOpened(true), close: () => setOpened(false) }), [opened]);
  return <HelpContext.Provider value={help}>{children}</HelpContext.Provider>;
}

export function useShortcutHelp(): Help {
  const help = useContext(HelpContext);
  if (!help) throw new Error('outside the shell');
  return help;
}

/** The help that `?` opens; it comes when it is first asked for. */
export function ShortcutHelp() {
  const { opened, close } = useShortcutHelp();
  if (opened === undefined) return null;
  return (
    <Suspense fallback={null}>
      <ShortcutTable opened={opened} onClose={close} />
    </Suspense>
  );
}
