import type { EventType } from '../../api';

const ALL = '*';
/** Made by Send Test alone, whatever a webhook subscribes to. */
const TEST_EVENT = 'test.webhook';

/** The event types that a choice of events sends; those of the module, or all, when nothing is chosen yet. A combined type never travels, its members do. */
export function previewedTypes(types: readonly EventType[], events: readonly string[], module = ''): readonly EventType[] {
  const travelling = types.filter(({ name, combines }) => combines.length === 0 && name !== TEST_EVENT);
  const members = new Set(types.filter(({ name }) => events.includes(name)).flatMap(({ combines }) => combines));
  const sent = travelling.filter(
    ({ name, module }) => events.includes(ALL) || events.includes(`${module}:*`) || events.includes(name) || members.has(name),
  );
  if (sent.length > 0) return sent;
  const narrowed = travelling.filter((type) => type.module === module);
  return narrowed.length > 0 ? narrowed : travelling;
}
