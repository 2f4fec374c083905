import { applyDecorators } from '@nestjs/common';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsString,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { HTTP_METHODS, type HttpMethod, PAYLOAD_FORMATS, type PayloadFormatName } from '#libs/contracts';
import { MAX_URL_LENGTH } from '#libs/egress';
import { AuthDto } from './auth.dto.js';
import { Email, Label, Optional, OptionalOrNull, TextMap, TextPatch } from '../http/index.js';
import { RateLimitDto, RetryPolicyDto } from './limits.dto.js';

export const STATUSES = ['enabled', 'disabled'] as const;
const MAX_EVENTS = 200;
const MAX_FILTER_LENGTH = 4096;

function Name(): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value)),
    Label(100),
  );
}

function Url(): PropertyDecorator {
  return applyDecorators(IsString(), MaxLength(MAX_URL_LENGTH));
}

function Events(): PropertyDecorator {
  return applyDecorators(IsArray(), ArrayMinSize(1), ArrayMaxSize(MAX_EVENTS), ArrayUnique(), IsString({ each: true }));
}

/** The fields that may always be absent. */
class WebhookFieldsDto {
  @Optional()
  @IsIn(HTTP_METHODS)
  method?: HttpMethod;

  @OptionalOrNull()
  @Label(200)
  channelId?: string | null;

  @Optional()
  @IsObject()
  @ValidateNested()
  @Type(() => AuthDto)
  auth?: AuthDto;

  @OptionalOrNull()
  @IsString()
  @MaxLength(MAX_FILTER_LENGTH)
  filter?: string | null;

  @Optional()
  @IsIn(PAYLOAD_FORMATS)
  payloadFormat?: PayloadFormatName;

  @Optional()
  @IsBoolean()
  signing?: boolean;

  @Optional()
  @IsString()
  secret?: string;

  @Optional()
  @IsIn(STATUSES)
  status?: (typeof STATUSES)[number];

  @Optional()
  @IsIn(['REST'])
  notificationType?: 'REST';

  @Optional()
  @IsArray()
  @ArrayMaxSize(10)
  @ArrayUnique()
  @Email({ each: true })
  notifyEmails?: string[];

  @Optional()
  @IsInt()
  @Min(1_000)
  @Max(30_000)
  timeoutMs?: number;

  @OptionalOrNull()
  @IsObject()
  @ValidateNested()
  @Type(() => RetryPolicyDto)
  retryPolicy?: RetryPolicyDto | null;

  @Optional()
  @IsInt()
  @Min(1)
  @Max(100)
  maxInFlight?: number;

  @OptionalOrNull()
  @IsObject()
  @ValidateNested()
  @Type(() => RateLimitDto)
  rateLimit?: RateLimitDto | null;
}

/** A whole webhook. */
export class CreateWebhookDto extends WebhookFieldsDto {
  @Name()
  name!: string;

  @Url()
  url!: string;

  @Events()
  events!: string[];

  @Optional()
  @TextMap()
  headers?: Record<string, string>;

  @OptionalOrNull()
  @TextMap()
  metadata?: Record<string, string> | null;
}

/** A change of a webhook as a JSON Merge Patch (RFC 7396): only what is there is changed. `auth` is replaced as a whole. */
export class UpdateWebhookDto extends WebhookFieldsDto {
  @Optional()
  @Name()
  name?: string;

  @Optional()
  @Url()
  url?: string;

  @Optional()
  @Events()
  events?: string[];

  @OptionalOrNull()
  @TextPatch()
  headers?: Record<string, string | null> | null;

  @OptionalOrNull()
  @TextPatch()
  metadata?: Record<string, string | null> | null;
}
