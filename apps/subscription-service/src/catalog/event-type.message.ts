import { type Deprecation, SCHEMA_CHECKS } from '#libs/catalog';
import { checkJson, ContractViolation, MAX_JSON_DEPTH } from '#libs/contracts';
import type { FieldError } from '#libs/kernel';
import { validationFailed } from '#libs/runtime';
import * as rpc from '../grpc/index.js';
import { enumOf, sent, timeOf, timestampOf, wordOf } from '../grpc/index.js';
import { versionTag } from '../http/index.js';
import type { ModuleView } from './event-type.service.js';
import type { EventTypeVersion } from './event-type.js';
import type { UsedEventType } from './event-type-usage.js';

export function eventTypeMessage(type: UsedEventType): rpc.EventType {
  const { name, module, label, description, version, subscribers } = type;
  return {
    ...{ name, module, label, description, version, subscribers },
    volume7d: type.volume7d ?? undefined,
    updatedAt: timestampOf(type.updatedAt),
    origin: enumOf('EVENT_TYPE_ORIGIN_', type.origin),
    schemaCheck: enumOf('SCHEMA_CHECK_', type.schemaCheck),
    deprecated: deprecationMessage(type.deprecated),
    combines: [...type.combines],
    redact: [...type.redact],
    schema: JSON.stringify(type.schema),
    sample: JSON.stringify(type.sample),
    etag: versionTag(version),
  };
}

export function moduleMessage({ name, label, topic, eventTypes, updatedAt }: ModuleView): rpc.Module {
  return { name, label, topic, eventTypes: [...eventTypes], updatedAt: updatedAt === null ? undefined : timestampOf(updatedAt) };
}

export function versionMessage({ name, version, definition, createdAt, actor }: EventTypeVersion): rpc.EventTypeVersion {
  return {
    ...{ name, version, actor },
    createdAt: timestampOf(createdAt),
    definition: definition
      ? {
          module: definition.module,
          label: definition.label,
          description: definition.description,
          combines: [...definition.combines],
          redact: [...(definition.redact ?? [])],
          schema: definition.schema === null ? undefined : JSON.stringify(definition.schema),
          sample: definition.sample === undefined ? undefined : JSON.stringify(definition.sample),
          schemaCheck: enumOf('SCHEMA_CHECK_', definition.schemaCheck),
          deprecated: deprecationMessage(definition.deprecated),
        }
      : undefined,
  };
}

/** A type as the body of a PUT over HTTP. @throws AppError `VALIDATION_FAILED` for a schema or sample that is not JSON */
export function eventTypeBody(input: Partial<rpc.EventTypeInput>): object {
  const { schema, sample, schemaCheck, deprecated, ...same } = input;
  const faults: FieldError[] = [];
  const json = (field: string, text: string | undefined): unknown => {
    if (text === undefined) return undefined;
    try {
      checkJson(Buffer.from(text));
      return JSON.parse(text, refusePrototypes);
    } catch (error) {
      const rule = error instanceof ContractViolation ? error.reason.toLowerCase().replaceAll('_', '-') : 'json-invalid';
      faults.push({ field, rule, message: `${field} must be JSON, at most ${MAX_JSON_DEPTH} deep and without members such as __proto__` });
      return undefined;
    }
  };
  const body = {
    ...same,
    schema: json('schema', schema),
    sample: json('sample', sample),
    schemaCheck: wordOf('SCHEMA_CHECK_', SCHEMA_CHECKS, schemaCheck),
    deprecated: deprecated && sent({ ...deprecated, since: deprecated.since && timeOf(deprecated.since) }),
  };
  if (faults.length > 0) throw validationFailed(faults);
  return body;
}

/** Refuses the members that the JSON parser of the HTTP door refuses. */
function refusePrototypes(key: string, value: unknown): unknown {
  const constructs = key === 'constructor' && typeof value === 'object' && value !== null && Object.hasOwn(value, 'prototype');
  if (key === '__proto__' || constructs) throw new SyntaxError(`member ${key}`);
  return value;
}

function deprecationMessage(deprecation: Deprecation | null): rpc.Deprecation | undefined {
  if (!deprecation) return undefined;
  const { since, message, replacedBy } = deprecation;
  return { since: timestampOf(since), message: message ?? undefined, replacedBy: replacedBy ?? undefined };
}
