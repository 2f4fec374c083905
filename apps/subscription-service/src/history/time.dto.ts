import { buildMessage, ValidateBy } from 'class-validator';
import { parseRfc3339 } from '#libs/contracts';

/** A time as RFC 3339. */
export function Time(): PropertyDecorator {
  return ValidateBy({
    name: 'rfc3339',
    validator: {
      validate: (value) => typeof value === 'string' && value.length <= 64 && parseRfc3339(value) !== undefined,
      defaultMessage: buildMessage((each) => `${each}$property must be an RFC 3339 time`),
    },
  });
}

/** Milliseconds since the epoch of a time that was checked; undefined when it is absent. */
export function msOf(time: string | undefined): number | undefined {
  return time === undefined ? undefined : parseRfc3339(time);
}
