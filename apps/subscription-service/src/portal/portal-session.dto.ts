import { ArrayNotEmpty, ArrayUnique, IsArray, IsIn, IsInt, Max, Min } from 'class-validator';
import { PORTAL_SCOPES } from '../auth/index.js';
import { Optional } from '../http/index.js';
import { LONGEST_SECONDS, SHORTEST_SECONDS, type PortalScope } from './portal-session.service.js';

export class CreatePortalSessionDto {
  @Optional()
  @IsArray()
  @ArrayNotEmpty()
  @ArrayUnique()
  @IsIn(PORTAL_SCOPES, { each: true })
  scopes?: PortalScope[];

  @Optional()
  @IsInt()
  @Min(SHORTEST_SECONDS)
  @Max(LONGEST_SECONDS)
  expiresInSeconds?: number;
}
