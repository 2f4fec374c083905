import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  buildMessage,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsString,
  Matches,
  Max,
  Min,
  ValidateBy,
  ValidateNested,
} from 'class-validator';
import { applyDecorators } from '@nestjs/common';
import { Email, Label, Optional, OptionalOrNull, PageDto } from '../http/index.js';
import { NOTIFICATION_KINDS, type NotificationKind } from './account.js';
import { isAccountId, MAX_ACCOUNT_ID } from './account-id.js';

const ROLE = /^[A-Z][A-Z0-9_]{0,63}$/;
const ROLE_FORM = { message: '$property must be upper-case letters, digits and underscores, such as ENTERPRISE' };
const MAX_DIGEST_MINUTES = 1_440;

function AccountId(): PropertyDecorator {
  return applyDecorators(
    IsString(),
    ValidateBy({
      name: 'accountId',
      validator: {
        validate: (value) => typeof value === 'string' && isAccountId(value),
        defaultMessage: buildMessage(
          (each) =>
            `${each}$property must have 1 to ${MAX_ACCOUNT_ID} characters, no control characters among them, and be none of . and ..`,
        ),
      },
    }),
  );
}

export class NotificationsDto {
  @Optional()
  @IsBoolean()
  enabled?: boolean;

  @Optional()
  @IsArray()
  @ArrayMaxSize(10)
  @ArrayUnique()
  @Email({ each: true })
  extraEmails?: string[];

  @OptionalOrNull()
  @IsInt()
  @Min(0)
  @Max(MAX_DIGEST_MINUTES)
  digestMinutes?: number | null;

  @Optional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayUnique()
  @IsIn(NOTIFICATION_KINDS, { each: true })
  kinds?: NotificationKind[];
}

class AccountSettingsDto {
  @OptionalOrNull()
  @Email()
  ownerEmail?: string | null;

  @Optional()
  @IsArray()
  @ArrayMaxSize(20)
  @ArrayUnique()
  @Matches(ROLE, { each: true, ...ROLE_FORM })
  roles?: string[];

  @OptionalOrNull()
  @Matches(ROLE, ROLE_FORM)
  requiredRole?: string | null;

  @Optional()
  @IsObject()
  @ValidateNested()
  @Type(() => NotificationsDto)
  notifications?: NotificationsDto;
}

export class CreateAccountDto extends AccountSettingsDto {
  @Optional()
  @AccountId()
  id?: string;

  @Label(100)
  name!: string;
}

export class UpdateAccountDto extends AccountSettingsDto {
  @Optional()
  @Label(100)
  name?: string;
}

export class ListAccountsDto extends PageDto {
  /** Part of the id, the name or the owner's address, in any case. */
  @Optional()
  @Label(200)
  q?: string;
}
