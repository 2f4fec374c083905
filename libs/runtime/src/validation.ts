import { ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { AppError, type FieldError } from '#libs/kernel';
import './runtime.errors.js';

/** Faults of fields as one error: `VALIDATION_FAILED`, every field named. */
export function validationFailed(fields: readonly FieldError[]): AppError {
  const count = new Set(fields.map((fault) => fault.field)).size;
  return new AppError('VALIDATION_FAILED', count === 1 ? '1 field is invalid' : `${count} fields are invalid`, { fields });
}

/** Checks DTOs: members without a rule are refused, every fault is reported with its path and rule. */
export function validationPipe(): ValidationPipe {
  return new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    validationError: { target: false, value: true },
    exceptionFactory: (errors) => validationFailed(errors.flatMap((error) => fieldErrors(error, ''))),
  });
}

// When one of these fails, what the other rules say of the same value is noise.
const TYPE_RULES = ['isString', 'isArray', 'isObject', 'isBoolean', 'isInt', 'isNumber', 'isEnum', 'isIn'];

function fieldErrors(error: ValidationError, parent: string): FieldError[] {
  const index = /^\d+$/.test(error.property);
  const field = parent === '' ? error.property : index ? `${parent}[${error.property}]` : `${parent}.${error.property}`;
  return [...ownErrors(error, field), ...(error.children ?? []).flatMap((child) => fieldErrors(child, field))];
}

function ownErrors(error: ValidationError, field: string): FieldError[] {
  const faults = error.constraints ?? {};
  if ('whitelistValidation' in faults) return [{ field, rule: 'unknown-field', message: `${field} is not a known field` }];
  if (Object.keys(faults).length > 0 && error.value === undefined) return [{ field, rule: 'required', message: `${field} is required` }];
  const type = TYPE_RULES.find((rule) => rule in faults);
  const told = type === undefined ? Object.entries(faults) : [[type, faults[type]!] as const];
  return told.map(([rule, message]) => ({ field, rule: kebab(rule), message }));
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter, at: number) => (at === 0 ? '' : '-') + letter.toLowerCase());
}
