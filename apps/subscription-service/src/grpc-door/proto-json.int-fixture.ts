import type { MessageTypeDefinition, PackageDefinition } from '@grpc/proto-loader';
import { timeOf, timestampOf } from '../grpc/index.js';

export interface Field {
  readonly name: string;
  readonly type: string;
  readonly typeName: string;
  readonly label: string;
}

export interface MessageType {
  readonly name: string;
  readonly field: readonly Field[];
  readonly nestedType: readonly MessageType[];
}

/** The JSON of protobuf, as far as these messages need it: camelCase names, maps as objects, times as texts. Bytes stay Buffers. */
export class ProtoJson {
  constructor(private readonly definition: PackageDefinition) {}

  /** From JSON to what the serializer takes. */
  toMessage(json: object, type: object): object {
    return this.message(json as Record<string, unknown>, type as MessageType);
  }

  toJson(message: object, type: object): Record<string, unknown> {
    return this.json(message as Record<string, unknown>, type as MessageType);
  }

  private message(json: Record<string, unknown>, type: MessageType): object {
    return Object.fromEntries(
      type.field.flatMap((field) => {
        const value = json[camel(field.name)];
        if (value === undefined) return [];
        const entry = nested(type, field);
        if (entry) {
          const entries = Object.entries(value as object).map(([key, item]) => ({ key, value: this.valueIn(item, entry.field[1]!) }));
          return [[field.name, entries]];
        }
        if (field.label !== 'LABEL_REPEATED') return [[field.name, this.valueIn(value, field)]];
        return [[field.name, (value as unknown[]).map((item) => this.valueIn(item, field))]];
      }),
    );
  }

  private json(message: Record<string, unknown>, type: MessageType): Record<string, unknown> {
    return Object.fromEntries(
      type.field.flatMap((field) => {
        const value = message[field.name];
        if (value === undefined) return [];
        const entry = nested(type, field);
        if (entry) {
          const entries = value as { key?: string; value?: unknown }[];
          return [[camel(field.name), Object.fromEntries(entries.map(({ key = '', value: item = '' }) => [key, item]))]];
        }
        if (!Array.isArray(value)) return [[camel(field.name), this.valueOut(value, field)]];
        return [[camel(field.name), value.map((item: unknown) => this.valueOut(item, field))]];
      }),
    );
  }

  private valueIn(value: unknown, field: Field): unknown {
    if (field.type !== 'TYPE_MESSAGE') return value;
    if (field.typeName.endsWith('Timestamp') && typeof value === 'string') return timestampOf(value);
    if (field.typeName.endsWith('FieldMask') && Array.isArray(value)) return { paths: value };
    return this.message(value as Record<string, unknown>, this.typeOf(field));
  }

  private valueOut(value: unknown, field: Field): unknown {
    if (field.type !== 'TYPE_MESSAGE') return value;
    if (field.typeName.endsWith('Timestamp')) return timeOf(value as object);
    return this.json(value as Record<string, unknown>, this.typeOf(field));
  }

  typeOf({ typeName }: Pick<Field, 'typeName'>): MessageType {
    const names = [typeName, `hookstream.v1.${typeName}`, `grpc.health.v1.${typeName}`];
    const found = names.map((name) => this.definition[name]).find((entry) => entry !== undefined);
    if (!found) throw new Error(`reflection does not tell of ${typeName}`);
    return (found as MessageTypeDefinition<object, object>).type as MessageType;
  }
}

/** The entry type of a field that is a map. */
export function nested(type: MessageType, { typeName, label }: Field): MessageType | undefined {
  return label === 'LABEL_REPEATED' ? type.nestedType.find(({ name }) => name === typeName && name.endsWith('Entry')) : undefined;
}

function camel(name: string): string {
  return name.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
