import type { Catalog, EventType, JsonSchema } from '#libs/catalog';
import { schemaFields } from './schema-fields.js';

/** The page that lists every event of a catalog, as Markdown. */
export function catalogPage(catalog: Catalog): string {
  const modules = catalog.modules();
  const types = catalog.eventTypes();
  const listed = new Set(modules.flatMap((module) => module.eventTypes));
  const synthetic = types.filter((type) => !listed.has(type.name));
  return [
    '<!-- Generated from libs/catalog by tools/gen-catalog-page; `npm run gen` writes it again. -->',
    '# Event catalog',
    `Last updated: ${day(
      types
        .map((type) => type.updatedAt)
        .sort((a, b) => Date.parse(a) - Date.parse(b))
        .at(-1)!,
    )}`,
    'What a webhook can subscribe to: any of these types by name, all types of a module as `<module>:*`, or everything as `*`. Names are sent exactly as written here. ' +
      'The tables and samples show `data`; what surrounds it depends on the webhook’s payload format. The JSON Schema of each type is at `GET /v1/event-types/{type}`. ' +
      'Members may be added to `data` at any time: receivers should pass over what they do not know. ' +
      'A deployment may have more types than these, in files of its own or defined by its administrators: `GET /v1/event-types` lists all of them.',
    [
      '| module | topic | event types |',
      '|---|---|---|',
      ...modules.map(
        (module) => `| ${module.label} (\`${module.name}\`) | \`${module.topic}\` | ${module.eventTypes.map(link).join(', ')} |`,
      ),
    ].join('\n'),
    ...modules.flatMap((module) => [`## ${module.label}`, ...module.eventTypes.map((name) => section(catalog.get(name)!))]),
    ...(synthetic.length > 0 ? ['## Sent by Hookstream itself', ...synthetic.map(section)] : []),
  ].join('\n\n');
}

function section(type: EventType): string {
  const head = [`### ${type.name}`, `**${type.label}.** ${type.description}`, ...deprecation(type), `Last updated: ${day(type.updatedAt)}`];
  if (type.combines.length > 0) {
    const members = type.combines.map(link).join(' and ');
    return [...head, `Combined: subscribes to ${members}. Each event arrives once, under its own name.`].join('\n\n');
  }
  return [...head, fieldTable(type.schema), ...redaction(type), ['```json', JSON.stringify(type.sample, null, 2), '```'].join('\n')].join(
    '\n\n',
  );
}

function redaction({ redact }: EventType): string[] {
  if (redact.length === 0) return [];
  const pointers = redact.map((pointer) => `\`${pointer}\``).join(', ');
  return [`Not stored in the history: ${pointers}. Receivers get all of it; such an event cannot be sent again.`];
}

function deprecation({ deprecated }: EventType): string[] {
  if (!deprecated) return [];
  const { since, message, replacedBy } = deprecated;
  const instead = replacedBy === null ? '' : ` Use ${link(replacedBy)} instead.`;
  return [`**Deprecated** since ${day(since)}.${message === null ? '' : ` ${message}`}${instead}`];
}

function fieldTable(schema: JsonSchema): string {
  const rows = schemaFields(schema).map(
    ({ path, type, required, description }) => `| \`${path}\`${required ? '' : '?'} | ${cell(type)} | ${cell(description)} |`,
  );
  return ['| `data` | type | |', '|---|---|---|', ...rows].join('\n');
}

function link(name: string): string {
  return `[\`${name}\`](#${name.toLowerCase().replace(/[^a-z0-9_-]/g, '')})`;
}

function day(time: string): string {
  return new Date(time).toISOString().slice(0, 10);
}

function cell(text: string): string {
  return text.replace(/\s+/g, ' ').replaceAll('|', '\\|');
}
