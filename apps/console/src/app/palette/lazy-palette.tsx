import { useHotkeys } from '@mantine/hooks';
import { createContext, lazy, type ReactNode, Suspense, useContext, useEffect, useMemo, useState } from 'react';

const load = () => import('./palette').then(({ Palette: component }) => ({ default: component }));
const Palette = lazy(load);
const AFTER_MS = 1000;
const PaletteContext = createContext<() => void>(() => undefined);

/** Opens the palette. */
export function useOpenPalette(): () => void {
  return useContext(PaletteContext);
}

/** The palette comes after the page, and opens by its button or by Cmd/Ctrl-K, inside a field as well. */
export function PaletteProvider({ children }: { readonly children: ReactNode }) {
  const [asked, setAsked] = useState(0);
  const open = useMemo(() => () => (isHeld() ? undefined : setAsked((times) => times + 1)), []);
  useHotkeys([['mod+K', open]], []);
  // Once the page stands, so that nothing typed is lost when it is asked for.
  useEffect(() => {
    const timer = setTimeout(() => void load(), AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <PaletteContext.Provider value={open}>
      {children}
      {asked > 0 ? (
        <Suspense fallback={null}>
          <Palette asked={asked} />
        </Suspense>
      ) : null}
    </PaletteContext.Provider>
  );
}

/** What is shown this once is not to be left with a slip: the palette does not open over it. */
function isHeld(): boolean {
  return document.querySelector('[data-shown-once]') !== null;
}
