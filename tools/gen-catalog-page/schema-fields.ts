import type { JsonSchema } from '#libs/catalog';

export interface SchemaField {
  /** Dotted from the root; `[]` stands for the items of a list. */
  readonly path: string;
  readonly type: string;
  readonly required: boolean;
  readonly description: string;
}

interface SchemaNode {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly description?: string;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
}

/** The members that a schema describes, each nested one after the member that holds it. */
export function schemaFields(schema: JsonSchema, prefix = ''): SchemaField[] {
  const { properties = {}, required = [] } = schema as SchemaNode;
  return Object.entries(properties).flatMap(([name, node]) => {
    const path = prefix + name;
    const field = { path, type: typeText(node), required: required.includes(name), description: node.description ?? '' };
    return [field, ...schemaFields(node as JsonSchema, `${path}.`), ...schemaFields((node.items ?? {}) as JsonSchema, `${path}[].`)];
  });
}

function typeText(node: SchemaNode): string {
  if (node.enum) return node.enum.map((value) => `\`${String(value)}\``).join(', ');
  const names = [node.type ?? 'any'].flat().map((name) => (name === 'array' && node.items ? `list of ${typeText(node.items)}` : name));
  return names.join(' or ') + (node.format ? ` (${node.format})` : '');
}
