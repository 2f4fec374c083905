import { Ajv } from 'ajv';
import { ContractViolation } from '../contract-violation.js';

const ajv = new Ajv({ allowUnionTypes: true, strictRequired: false });

/**
 * A function that hands a message on when it fits the JSON Schema. Members beyond the schema pass: an optional
 * field added later stays the same version.
 */
export function shapeCheck<T>(type: string, schema: object): (data: unknown) => T {
  const validate = ajv.compile(schema);
  return (data) => {
    if (validate(data)) return data as T;
    throw new ContractViolation('MESSAGE_SHAPE_INVALID', `${type}: ${ajv.errorsText(validate.errors, { dataVar: 'data' })}`);
  };
}
