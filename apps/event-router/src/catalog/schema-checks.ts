import { Logger } from '@nestjs/common';
import { DataSchema, schemaFaults, type EventType, type SchemaFault } from '#libs/catalog';
import { holdsJson, type DomainEvent } from '#libs/contracts';

/** Checks data by the schema of its type. A schema is compiled once for each version of its type. */
export class SchemaChecks {
  private readonly logger = new Logger('schemas');
  /** A type that changes is another object, so that its old schema goes with it. `null`: the schema is not usable. */
  private readonly schemas = new WeakMap<EventType, DataSchema | null>();

  /** What does not fit, as far as it was looked for. Data always fits a schema that is none. */
  faultsOf(type: EventType, event: Pick<DomainEvent, 'data' | 'dataContentType'>): readonly SchemaFault[] {
    let schema = this.schemas.get(type);
    if (schema === undefined) this.schemas.set(type, (schema = this.compiled(type)));
    if (schema === null) return [];
    try {
      const text = event.data.toString('utf8');
      const data: unknown = holdsJson(event.dataContentType) ? JSON.parse(text) : text;
      return schema.faultsOf(data, event.data.length);
    } catch (err) {
      // What cannot be checked is not at fault, and is worth a look.
      this.logger.warn({ eventType: type.name, version: type.version, err }, 'schema.not-checked');
      return [];
    }
  }

  private compiled(type: EventType): DataSchema | null {
    const faults = schemaFaults(type.schema);
    if (faults.length === 0) return new DataSchema(type.schema);
    this.logger.warn({ eventType: type.name, version: type.version, faults }, 'schema.unusable');
    return null;
  }
}
