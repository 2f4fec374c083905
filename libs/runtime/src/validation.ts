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
    validationError: { target: false, value: false },
    exceptionFactory: (errors) => validationFailed(errors.flatMap((error) => fieldErrors(error, ''))),
  });
}

function fieldErrors(error: ValidationError, parent: string): FieldError[] {
  const index = /^\d+$/.test(error.property);
  const field = parent === '' ? error.property : index ? `${parent}[${error.property}]` : `${parent}.${error.property}`;
  const own = Object.entries(error.constraints ?? {}).map(([rule, message]) => ({
    field,
    rule: rule === 'whitelistValidation' ? 'unknown-field' : kebab(rule),
    message: rule === 'whitelistValidation' ? `${field} is not a known field` : message,
  }));
  return [...own, ...(error.children ?? []).flatMap((child) => fieldErrors(child, field))];
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter, at: number) => (at === 0 ? '' : '-') + letter.toLowerCase());
}
