import { describe, expect, it } from 'vitest';
import { type KeyPress, shortcutOf } from './shortcut';

const press = (key: string, given: Partial<KeyPress> = {}): KeyPress => ({
  ...{ key, ctrlKey: false, metaKey: false, altKey: false, isComposing: false, defaultPrevented: false, target: null },
  ...given,
});

describe('shortcutOf', () => {
  it.each(['?', '/', 'j', 'k', 'c', 'r', '[', ']'])('knows %s', (key) => {
    expect(shortcutOf(press(key))).toBe(key);
  });

  it('is off inside fields and menus', () => {
    const inside = { closest: (selector: string) => selector.includes('input') } as unknown as EventTarget;
    expect(shortcutOf(press('j', { target: inside }))).toBeUndefined();
  });

  it('leaves to the browser what has a modifier, to the composer what is composed, and alone what another has taken', () => {
    for (const given of [{ ctrlKey: true }, { metaKey: true }, { altKey: true }, { isComposing: true }, { defaultPrevented: true }]) {
      expect(shortcutOf(press('c', given))).toBeUndefined();
    }
  });

  it.each([{ altKey: true }, { altKey: true, ctrlKey: true }])('knows brackets, and nothing else, where the keyboard needs %j', (given) => {
    expect(['[', ']', 'c', '/'].map((key) => shortcutOf(press(key, given)))).toEqual(['[', ']', undefined, undefined]);
  });

  it('knows no other key', () => {
    expect(shortcutOf(press('x'))).toBeUndefined();
  });
});
