import { type Catalog, DataSchema, schemaFaults, type SchemaFault } from '#libs/catalog';
import { parseRfc3339 } from '#libs/contracts';
import { AppError, type FieldError } from '#libs/kernel';
import { validationFailed } from '#libs/runtime';
import type { PutEventTypeDto } from './event-type.dto.js';
import type { EventTypeDefinition } from './event-type.js';
import './catalog.errors.js';

const NAME = /^[A-Za-z0-9_.:-]{1,128}$/;

type Known = Pick<Catalog, 'get' | 'eventTypes' | 'isKnown' | 'module'>;

/** Whether a text can name an event type. */
export function isEventTypeName(text: string): boolean {
  return NAME.test(text);
}

/** What can be told of a request without the catalog: costly, so that it is done before anybody waits. @throws AppError `VALIDATION_FAILED` */
export function checkShape(name: string, { schema, sample, combines, schemaCheck, deprecated, redact }: PutEventTypeDto): void {
  const faults: FieldError[] = [];
  const fault = (field: string, rule: string, message: string) => faults.push({ field, rule, message });
  if (!isEventTypeName(name)) fault('type', 'name', 'type must have 1 to 128 characters of A-Z a-z 0-9 _ . : -');
  if (deprecated?.since !== undefined && parseRfc3339(deprecated.since) === undefined)
    fault('deprecated.since', 'rfc3339', 'deprecated.since must be an RFC 3339 time');
  if (combines) {
    for (const [field, value] of Object.entries({ schema, sample, schemaCheck, redact })) {
      if (value !== undefined) fault(field, 'combined', `${field} cannot be set of a combined type: it has that of its members`);
    }
  } else {
    if (schema === undefined) fault('schema', 'required', 'schema is required, or combines');
    if (sample === undefined) fault('sample', 'required', 'sample is required, or combines');
    if (schema !== undefined && sample !== undefined) faults.push(...schemaAndSample(schema, sample));
  }
  if (faults.length > 0) throw validationFailed(faults);
}

function schemaAndSample(schema: NonNullable<PutEventTypeDto['schema']>, sample: unknown): FieldError[] {
  const told = (root: string) => (fault: SchemaFault) => ({
    field: `${root}${fault.path}`,
    rule: `schema.${fault.rule}`,
    message: `${root}${fault.path} ${fault.message}`,
  });
  const faults = schemaFaults(schema).map(told('schema'));
  return faults.length > 0 ? faults : new DataSchema(schema).faultsOf(sample, 0).map(told('sample'));
}

/**
 * The definition that a request means, where it fits into the catalog as it is.
 * @param now RFC 3339
 * @throws AppError `VALIDATION_FAILED`, `EVENT_TYPE_COMBINED`
 */
export function definitionOf(catalog: Known, name: string, asked: PutEventTypeDto, now: string): EventTypeDefinition {
  const current = catalog.get(name);
  const faults = [
    ...moduleFaults(catalog, asked, current?.module),
    ...memberFaults(catalog, name, asked),
    ...successorFaults(catalog, name, asked),
  ];
  if (faults.length > 0) throw validationFailed(faults);
  const { module, label, description, schema, sample, combines = [], schemaCheck = 'off', deprecated, redact = [] } = asked;
  if (combines.length > 0) requireUncombined(catalog, name);
  const since = deprecated?.since ?? current?.deprecated?.since ?? now;
  return {
    module,
    label,
    description,
    combines,
    schema: schema ?? null,
    ...(sample === undefined ? {} : { sample }),
    schemaCheck,
    deprecated: deprecated ? { since, message: deprecated.message ?? null, replacedBy: deprecated.replacedBy ?? null } : null,
    redact,
  };
}

/** A member of a combined type can neither go nor be combined itself. @throws AppError `EVENT_TYPE_COMBINED` */
export function requireUncombined(catalog: Known, name: string): void {
  const holder = catalog.eventTypes().find(({ combines }) => combines.includes(name));
  if (holder) throw new AppError('EVENT_TYPE_COMBINED', `${holder.name} combines ${name}: change or delete it first`);
}

function moduleFaults(catalog: Known, { module }: PutEventTypeDto, current: string | undefined): FieldError[] {
  const found = catalog.module(module);
  if (!found || found.topic === null)
    return [{ field: 'module', rule: 'unknown-module', message: 'the catalog has no module of this name' }];
  if (current === undefined || current === module) return [];
  return [{ field: 'module', rule: 'immutable', message: `the type belongs to the module ${current}: its events travel on that topic` }];
}

function memberFaults(catalog: Known, name: string, { combines = [] }: PutEventTypeDto): FieldError[] {
  return combines.flatMap((member, index) => {
    if (member !== name && catalog.isKnown(member)) return [];
    const message = `${member} is no event type that can be combined`;
    return [{ field: `combines[${index}]`, rule: 'unknown-event-type', message }];
  });
}

function successorFaults(catalog: Known, name: string, { deprecated }: PutEventTypeDto): FieldError[] {
  const successor = deprecated?.replacedBy;
  if (successor == null || (successor !== name && catalog.get(successor))) return [];
  return [{ field: 'deprecated.replacedBy', rule: 'unknown-event-type', message: 'the catalog has no other event type of this name' }];
}
