import { applyDecorators } from '@nestjs/common';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  buildMessage,
  IsArray,
  IsIn,
  IsISO8601,
  IsObject,
  IsString,
  Matches,
  MaxLength,
  ValidateBy,
  ValidateNested,
} from 'class-validator';
import { REDACT, SCHEMA_CHECKS, type JsonSchema, type SchemaCheck } from '#libs/catalog';
import { Label, Optional, OptionalOrNull, PageDto } from '../http/index.js';

/** Of a schema, and of a sample, as JSON. */
const MAX_JSON_BYTES = 64 * 1024;

/** JSON of a bounded size, taken as it is. Over HTTP, members named `constructor` or `prototype` do not come this far. */
function Json(): PropertyDecorator {
  return applyDecorators(
    Transform(({ obj, key }) => (obj as Record<string, unknown>)[key]),
    ValidateBy({
      name: 'maxSize',
      validator: {
        validate: (value) => Buffer.byteLength(JSON.stringify(value) ?? '') <= MAX_JSON_BYTES,
        defaultMessage: buildMessage((each) => `${each}$property may have ${MAX_JSON_BYTES} bytes as JSON`),
      },
    }),
  );
}

export class DeprecationDto {
  /** RFC 3339; when absent, the moment at which the type is first deprecated. */
  @Optional()
  @IsISO8601({ strict: true, strictSeparator: true })
  since?: string;

  @OptionalOrNull()
  @Label(1_000)
  message?: string | null;

  @OptionalOrNull()
  @Label(128)
  replacedBy?: string | null;
}

/** The whole of an administrator's event type. */
export class PutEventTypeDto {
  @Label(64)
  module!: string;

  @Label(100)
  label!: string;

  @Label(2_000)
  description!: string;

  /** JSON Schema, draft 2020-12, of `data`. Either this with `sample`, or `combines`. */
  @Optional()
  @IsObject()
  @Json()
  schema?: JsonSchema;

  /** Data that fits the schema. */
  @Optional()
  @Json()
  sample?: unknown;

  /** The types that a subscription to this one means. */
  @Optional()
  @IsArray()
  @ArrayMinSize(2)
  @ArrayMaxSize(100)
  @ArrayUnique()
  @IsString({ each: true })
  combines?: string[];

  @Optional()
  @IsIn(SCHEMA_CHECKS)
  schemaCheck?: SchemaCheck;

  /** JSON pointers into `data`, `*` being every member or item: what is not stored. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(REDACT.most)
  @ArrayUnique()
  @IsString({ each: true })
  @MaxLength(REDACT.pointerLength, { each: true })
  @Matches(new RegExp(REDACT.pointer), {
    each: true,
    message: 'each of $property must be a JSON pointer to a part of data, such as /customer/email',
  })
  redact?: string[];

  @OptionalOrNull()
  @IsObject()
  @ValidateNested()
  @Type(() => DeprecationDto)
  deprecated?: DeprecationDto | null;
}

export class ListModulesDto extends PageDto {}

export class ListVersionsDto extends PageDto {}

export class ListEventTypesDto extends PageDto {
  @Optional()
  @Label(64)
  module?: string;

  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @Optional()
  @IsIn([true, false])
  deprecated?: boolean;

  /** Part of the name, the label or the description, in any case. */
  @Optional()
  @Label(200)
  q?: string;
}
