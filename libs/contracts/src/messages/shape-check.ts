import { Ajv, type ValidateFunction } from 'ajv';
import { ContractViolation } from '../contract-violation.js';
import type { MessageSpec } from './message-spec.js';

const ajv = new Ajv({ allowUnionTypes: true, strictRequired: false });

/** A function that hands a message on when it fits the JSON Schema of its version. @throws ContractViolation `MESSAGE_SHAPE_INVALID` */
export function shapeCheck<T>(spec: MessageSpec<T>): (data: unknown) => T {
  // Compiled when it is needed first: no process reads every message.
  let validate: ValidateFunction | undefined;
  return (data) => {
    validate ??= ajv.compile(spec.schema);
    if (validate(data)) return data as T;
    const faults = ajv.errorsText(validate.errors, { dataVar: 'data' });
    throw new ContractViolation('MESSAGE_SHAPE_INVALID', `${spec.name} v${spec.version}: ${faults}`);
  };
}
