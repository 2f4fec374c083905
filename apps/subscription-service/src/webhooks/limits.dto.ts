import { IsArray, IsNumber, Max, Min } from 'class-validator';
import { OptionalOrNull } from '../http/index.js';

/** Slow enough for any receiver, and a wait between two attempts that is still a time of this life. */
const MIN_PER_SECOND = 0.0001;

export class RateLimitDto {
  @IsNumber()
  @Min(MIN_PER_SECOND)
  @Max(10_000)
  perSecond!: number;
}

/** The entries of both lists are checked by `WebhookRules`, which name each by its place. */
export class RetryPolicyDto {
  @OptionalOrNull()
  @IsArray()
  schedule?: string[] | null;

  @OptionalOrNull()
  @IsArray()
  finalStatuses?: number[] | null;
}
