import { buildMessage, IsBoolean, IsIn, Matches, ValidateBy } from 'class-validator';
import { parseRfc3339 } from '#libs/contracts';
import { Label, Optional, PageDto } from '../http/index.js';

export const LETTER_STATUSES = ['open', 'republished'] as const;

function Time(): PropertyDecorator {
  return ValidateBy({
    name: 'rfc3339',
    validator: {
      validate: (value) => typeof value === 'string' && value.length <= 64 && parseRfc3339(value) !== undefined,
      defaultMessage: buildMessage((each) => `${each}$property must be an RFC 3339 time`),
    },
  });
}

export class ListDeadLettersDto extends PageDto {
  @Optional()
  @Matches(/^[A-Z0-9_]{1,100}$/, { message: 'reason must be a code of the error table' })
  reason?: string;

  @Optional()
  @Label(249)
  topic?: string;

  @Optional()
  @IsIn(LETTER_STATUSES)
  status?: (typeof LETTER_STATUSES)[number];

  @Optional()
  @Time()
  from?: string;

  @Optional()
  @Time()
  to?: string;
}

export class RepublishDto {
  /** Also when it was published again before. */
  @Optional()
  @IsBoolean()
  again?: boolean;
}

/** The query as the store knows it. */
export function deadLetterQuery({ status, from, to, ...same }: ListDeadLettersDto) {
  return {
    ...same,
    republished: status === undefined ? undefined : status === 'republished',
    from: from === undefined ? undefined : parseRfc3339(from),
    to: to === undefined ? undefined : parseRfc3339(to),
  };
}
