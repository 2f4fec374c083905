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

/** An item of a menu is gone by then: the button that opened the menu stands for it. */
function focused(): HTMLElement | null {
  const element = document.activeElement;
  const button = element?.closest('[role=menu]')?.getAttribute('aria-labelledby');
  const found = button ? document.getElementById(button) : element;
  return found instanceof HTMLElement ? found : null;
}

/** What is gone from the page, such as the button of a dialog before, leaves it to the content of the page. */
function giveFocus(opener: HTMLElement | null): void {
  const target = opener?.isConnected ? opener : document.querySelector('main');
  target?.focus({ preventScroll: true });
}
