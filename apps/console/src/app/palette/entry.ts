import type { ComponentType } from 'react';

/** One line of the palette. */
export interface Entry {
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly icon: ComponentType<{ readonly size?: number }>;
  readonly run: () => void;
}

/** Lines under one heading. */
export interface EntryGroup {
  readonly heading: string;
  readonly entries: readonly Entry[];
}

/** Those that a text finds; all of them without one. */
export function matching(text: string, entries: readonly Entry[]): Entry[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return entries.filter(({ label }) => words.every((word) => label.toLowerCase().includes(word)));
}
