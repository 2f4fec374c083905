import { IsIn, IsString, MaxLength } from 'class-validator';
import { AUTH_TYPES, type AuthType } from '#libs/contracts';
import { MAX_HEADER_BYTES } from '#libs/egress';
import { Optional, TextMap } from '../http/index.js';

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
