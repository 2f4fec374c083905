import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { buildMessage, IsString, Length, ValidateBy, ValidateIf } from 'class-validator';

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

/** An object whose values are all texts, such as headers. Taken as it was sent. */
export function TextMap(): PropertyDecorator {
  return applyDecorators(
    Transform(({ obj, key }) => (obj as Record<string, unknown>)[key]),
    ValidateBy({
      name: 'textMap',
      validator: {
        validate: isTextMap,
        defaultMessage: buildMessage((each) => `${each}$property must be an object of texts`),
      },
    }),
  );
}

function isTextMap(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((entry) => typeof entry === 'string');
}
