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
import { AUTH_TYPES, type AuthType, HTTP_METHODS, type HttpMethod, PAYLOAD_FORMATS, type PayloadFormatName } from '#libs/contracts';
import { MAX_HEADER_BYTES, MAX_URL_LENGTH } from '#libs/egress';
import { Label, Optional, OptionalOrNull, TextMap } from './dto-rules.js';

const STATUSES = ['enabled', 'disabled'] as const;
const MAX_EVENTS = 200;

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

export class AuthDto {
  @IsIn(AUTH_TYPES)
  type!: AuthType;

  @Optional()
  @IsString()
  @MaxLength(MAX_HEADER_BYTES)
  token?: string;

  @Optional()
  @IsString()
  @MaxLength(MAX_HEADER_BYTES)
  headerName?: string;

  @Optional()
  @IsString()
  @MaxLength(MAX_HEADER_BYTES)
  key?: string;

  @Optional()
  @IsString()
  @MaxLength(1024)
  username?: string;

  @Optional()
  @IsString()
  @MaxLength(1024)
  password?: string;

  @Optional()
  @TextMap()
  headers?: Record<string, string>;
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
  @TextMap()
  headers?: Record<string, string>;

  @Optional()
  @IsObject()
  @ValidateNested()
  @Type(() => AuthDto)
  auth?: AuthDto;

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
  @IsInt()
  @Min(1_000)
  @Max(30_000)
  timeoutMs?: number;
}

/** A whole webhook. */
export class CreateWebhookDto extends WebhookFieldsDto {
  @Name()
  name!: string;

  @Url()
  url!: string;

  @Events()
  events!: string[];
}

/** A change of a webhook: only what is there is changed. */
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
}

export class ListWebhooksDto {
  @Optional()
  @Label(200)
  channelId?: string;

  @Optional()
  @IsIn(STATUSES)
  status?: (typeof STATUSES)[number];

  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' && /^\d{1,6}$/.test(value) ? Number(value) : value))
  @IsInt()
  @Min(1)
  @Max(100)
  limit: number = 50;

  @Optional()
  @IsString()
  cursor?: string;
}
