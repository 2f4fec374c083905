export type IdKind = 'webhook' | 'delivery' | 'attempt' | 'event';

const KINDS: Readonly<Record<string, IdKind>> = { wh: 'webhook', dlv: 'delivery', att: 'attempt', evt: 'event' };

/** What a pasted id names, told by its prefix. Publishers choose the ids of their events: one without a prefix may be an event too. */
export function idKind(text: string): IdKind | undefined {
  const [, prefix = ''] = /^([a-z]+)_[0-9a-z]{20,}$/.exec(text) ?? [];
  return Object.hasOwn(KINDS, prefix) ? KINDS[prefix] : undefined;
}
