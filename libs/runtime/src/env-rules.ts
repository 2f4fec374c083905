import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { ArrayNotEmpty, IsArray, IsBoolean, IsInt, IsString, Max, Min } from 'class-validator';
import { Parsed } from './parsed.js';
import { parseDuration, parseRetrySchedule } from './retry-schedule.js';

const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : String(value));

/** A whole number within bounds. */
export function Int(min: number, max: number): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }) => (typeof value === 'number' ? value : /^-?\d+$/.test(text(value)) ? Number(text(value)) : Number.NaN)),
    IsInt({ message: 'must be a whole number' }),
    Min(min, { message: `must be at least ${min}` }),
    Max(max, { message: `must be at most ${max}` }),
  );
}

/** A TCP port; 0 takes any free one. */
export function Port(): PropertyDecorator {
  return Int(0, 65_535);
}

/** `true` or `false`. */
export function Bool(): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value)),
    IsBoolean({ message: 'must be true or false' }),
  );
}

/** A comma-separated list with at least one entry. */
export function CommaList(): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }) => (Array.isArray(value) ? (value as unknown) : splitList(text(value)))),
    IsArray(),
    ArrayNotEmpty({ message: 'must name at least one, separated by commas' }),
    IsString({ each: true }),
  );
}

/** A comma-separated list that may be empty. */
export function OptionalCommaList(): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }) => (Array.isArray(value) ? (value as unknown) : splitList(text(value)))),
    IsArray(),
    IsString({ each: true }),
  );
}

/** A Postgres URL. */
export function PostgresUrl(): PropertyDecorator {
  return urlWith(/^postgres(ql)?:\/\//, 'must be a postgres:// URL');
}

/** An SMTP URL. */
export function SmtpUrl(): PropertyDecorator {
  return urlWith(/^smtps?:\/\//, 'must be an smtp:// or smtps:// URL');
}

/** A number above 0 with `ms`, `s`, `m`, `h` or `d`. */
export function Duration(): PropertyDecorator {
  return Parsed(parseDuration);
}

/** A comma-separated list of numbers above 0 with `ms`, `s`, `m`, `h` or `d`. */
export function RetrySchedule(): PropertyDecorator {
  return Parsed(parseRetrySchedule);
}

function urlWith(scheme: RegExp, rule: string): PropertyDecorator {
  return Parsed((url) => {
    if (!scheme.test(url) || !URL.canParse(url)) throw new Error(rule);
  });
}

function splitList(list: string): string[] {
  return list
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}
