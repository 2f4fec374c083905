import { type Catalog, DataSchema, type EventType } from '#libs/catalog';
import type { FieldError } from '#libs/kernel';
import { validationFailed } from '#libs/runtime';

/** Checks data by the schema of its type where the type says so, and warns of types that should no longer be used. */
export class SchemaGate {
  /** A changed type is another object, so that its old schema goes with the old one. */
  private readonly schemas = new WeakMap<EventType, DataSchema>();

  constructor(private readonly catalog: Pick<Catalog, 'get'>) {}

  /**
   * @returns what the publisher should know about an event that is taken
   * @throws AppError `VALIDATION_FAILED` with the place of each fault, such as `data/lines/0/quantity`
   */
  admit(typeName: string, data: Buffer): readonly FieldError[] {
    const type = this.catalog.get(typeName);
    if (!type) return [];
    const faults = type.schemaCheck === 'off' ? [] : this.faultsOf(type, data);
    if (faults.length > 0 && type.schemaCheck === 'reject') throw validationFailed(faults);
    return [...deprecationOf(type), ...faults];
  }

  private faultsOf(type: EventType, data: Buffer): FieldError[] {
    let schema = this.schemas.get(type);
    if (!schema) this.schemas.set(type, (schema = new DataSchema(type.schema)));
    const faults = schema.faultsOf(JSON.parse(data.toString('utf8')), data.length);
    return faults.map(({ path, rule, message }) => ({ field: `data${path}`, rule: `schema.${rule}`, message: `data${path} ${message}` }));
  }
}

function deprecationOf({ name, deprecated }: EventType): FieldError[] {
  if (!deprecated) return [];
  const instead = deprecated.replacedBy === null ? '' : `, use ${deprecated.replacedBy}`;
  const message = `${name} is deprecated since ${deprecated.since}${instead}${deprecated.message === null ? '' : `: ${deprecated.message}`}`;
  return [{ field: 'type', rule: 'deprecated', message }];
}
