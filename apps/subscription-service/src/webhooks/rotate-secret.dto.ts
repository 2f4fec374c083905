import { IsInt, IsString, Max, Min } from 'class-validator';
import { Optional } from '../http/index.js';

const MAX_OVERLAP_SECONDS = 604_800;

export class RotateSecretDto {
  /** How long the secret before signs as well, in seconds; 0: not any longer. */
  @Optional()
  @IsInt()
  @Min(0)
  @Max(MAX_OVERLAP_SECONDS)
  overlapSeconds?: number;

  @Optional()
  @IsString()
  secret?: string;
}
