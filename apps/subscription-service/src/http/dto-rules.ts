import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { buildMessage, isEmail, IsString, Length, ValidateBy, ValidateIf, type ValidationOptions } from 'class-validator';

/** May be absent, but not null: null means something else than "leave it alone". */
export function Optional(): PropertyDecorator {
  return ValidateIf((_, value) => value !== undefined);
}

/** May be absent or null. */
export function OptionalOrNull(): PropertyDecorator {
  return ValidateIf((_, value) => value !== undefined && value !== null);
}

/** Text of 1 to `max` characters, not blank, without what no screen shows and no database or header carries. */
export function Label(max: number): PropertyDecorator {
  return applyDecorators(
    IsString(),
    Length(1, max),
    ValidateBy({
      name: 'printable',
      validator: {
        validate: (value) => typeof value === 'string' && value.trim() !== '' && !/\p{Cc}|\p{Cs}/u.test(value),
        defaultMessage: buildMessage((each) => `${each}$property must not be blank or hold control characters`),
      },
    }),
  );
}

/** An email address. Not `IsEmail` alone, which throws at a lone surrogate instead of refusing it. */
export function Email(options?: ValidationOptions): PropertyDecorator {
  const validate = (value: unknown): boolean => typeof value === 'string' && value.isWellFormed() && isEmail(value);
  return ValidateBy(
    {
      name: 'isEmail',
      validator: { validate, defaultMessage: buildMessage((each) => `${each}$property must be an email address`, options) },
    },
    options,
  );
}

/** An object whose values are all texts, such as headers. Taken as it was sent. */
export function TextMap(): PropertyDecorator {
  return textMap('an object of texts', (entry) => typeof entry === 'string');
}

/** A change of such an object: null takes a member away. */
export function TextPatch(): PropertyDecorator {
  return textMap('an object of texts and nulls', (entry) => entry === null || typeof entry === 'string');
}

function textMap(form: string, accepts: (entry: unknown) => boolean): PropertyDecorator {
  return applyDecorators(
    Transform(({ obj, key }) => (obj as Record<string, unknown>)[key]),
    ValidateBy({
      name: 'textMap',
      validator: {
        validate: (value: unknown) =>
          typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(accepts),
        defaultMessage: buildMessage((each) => `${each}$property must be ${form}`),
      },
    }),
  );
}
