import { ArrayNotEmpty, ArrayUnique, buildMessage, IsArray, IsIn, IsInt, Max, Min, ValidateBy } from 'class-validator';
import { parseRfc3339 } from '#libs/contracts';
import { type Scope, SCOPES } from '../auth/index.js';
import { Label, Optional, OptionalOrNull, PageDto } from '../http/index.js';

/** How long two texts of one key may both open. */
export const MAX_OVERLAP_SECONDS = 7 * 24 * 60 * 60;

function DateTime(): PropertyDecorator {
  return ValidateBy({
    name: 'dateTime',
    validator: {
      validate: (value) => typeof value === 'string' && parseRfc3339(value) !== undefined,
      defaultMessage: buildMessage((each) => `${each}$property must be an RFC 3339 time such as 2027-01-31T12:00:00Z`),
    },
  });
}

export class CreateApiKeyDto {
  @Label(100)
  name!: string;

  @IsArray()
  @ArrayNotEmpty()
  @ArrayUnique()
  @IsIn(SCOPES, { each: true })
  scopes!: Scope[];

  @OptionalOrNull()
  @DateTime()
  expiresAt?: string | null;
}

export class UpdateApiKeyDto {
  @Optional()
  @Label(100)
  name?: string;

  @Optional()
  @IsArray()
  @ArrayNotEmpty()
  @ArrayUnique()
  @IsIn(SCOPES, { each: true })
  scopes?: Scope[];

  @OptionalOrNull()
  @DateTime()
  expiresAt?: string | null;
}

export class RotateApiKeyDto {
  @Optional()
  @IsInt()
  @Min(0)
  @Max(MAX_OVERLAP_SECONDS)
  overlapSeconds?: number;
}

export class ListApiKeysDto extends PageDto {}
