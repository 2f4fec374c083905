import { useEffect, useState } from 'react';

/** Something that opens at the same time takes the focus first. */
const AFTER_MS = 10;

/** Gives the focus back to what had it when `open` began, once it ends or the component is gone. */
export function useFocusBack(open: boolean): void {
  // While rendering: what opens takes the focus right after.
  const [opener, setOpener] = useState(() => (open ? focused() : null));
  const [wasOpen, setWasOpen] = useState(open);
  if (open !== wasOpen) {
    setWasOpen(open);
    if (open) setOpener(focused());
  }
  useEffect(() => {
    if (!open) return undefined;
    return () => {
      const atClose = document.activeElement;
      setTimeout(() => {
        const now = document.activeElement;
        if (now === null || now === document.body || now === atClose) giveFocus(opener);
      }, AFTER_MS);
    };
  }, [open, opener]);
}

/** What opened the outermost dialog: a dialog that follows another one has nothing else to go back to. */
let outermost: HTMLElement | null = null;

/** An item of a menu is gone by then: the button that opened the menu stands for it. */
function focused(): HTMLElement | null {
  const element = document.activeElement;
  const button = element?.closest('[role=menu]')?.getAttribute('aria-labelledby');
  const found = button ? document.getElementById(button) : element;
  if (!(found instanceof HTMLElement) || found === document.body) return null;
  if (!found.closest('[role=dialog]')) outermost = found;
  return found;
}

function giveFocus(opener: HTMLElement | null): void {
  const target = [opener, outermost].find((element) => element?.isConnected) ?? document.querySelector('main');
  target?.focus({ preventScroll: true });
}
