import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { Type } from 'class-transformer';
import { ArrayMinSize, IsArray, IsOptional, IsString, Length, ValidateNested } from 'class-validator';
import type { AppError, FieldError } from '#libs/kernel';
import { validationPipe } from './validation.js';

class Inner {
  @IsString()
  token!: string;
}

class Body {
  @Length(1, 5)
  @IsString()
  name!: string;

  @ArrayMinSize(1)
  @IsArray()
  events!: string[];

  @IsOptional()
  @ValidateNested()
  @Type(() => Inner)
  auth?: Inner;
}

async function faultsOf(value: unknown): Promise<readonly FieldError[]> {
  try {
    await validationPipe().transform(value, { type: 'body', metatype: Body });
    return [];
  } catch (error) {
    return (error as AppError).fields;
  }
}

describe('faults of a request body', () => {
  it('say of a field that is missing only that it is required', async () => {
    expect(await faultsOf({ events: ['a'] })).toEqual([{ field: 'name', rule: 'required', message: 'name is required' }]);
  });

  it('say of a value of the wrong type only which type it must have', async () => {
    expect(await faultsOf({ name: 1, events: 'a' })).toMatchObject([
      { field: 'name', rule: 'is-string' },
      { field: 'events', rule: 'is-array' },
    ]);
  });

  it('name the rule that a value of the right type breaks', async () => {
    expect(await faultsOf({ name: 'toolong', events: [] })).toMatchObject([
      { field: 'name', rule: 'is-length' },
      { field: 'events', rule: 'array-min-size' },
    ]);
  });

  it('name nested fields by their path and refuse unknown ones', async () => {
    expect(await faultsOf({ name: 'a', events: ['a'], auth: {}, foo: 1 })).toMatchObject([
      { field: 'foo', rule: 'unknown-field' },
      { field: 'auth.token', rule: 'required' },
    ]);
  });
});
