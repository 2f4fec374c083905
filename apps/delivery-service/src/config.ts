import { Transform } from 'class-transformer';
import { ValidateBy } from 'class-validator';
import { type EgressPolicy, parseEgressPolicy } from '#libs/egress';
import { Secret } from '#libs/kernel';
import { Bool, Int, KafkaEnv, Port, loadConfig } from '#libs/runtime';
import { parseMasterKeys } from '#libs/secrets';
import type { RetryRules } from './attempts/index.js';
import { DEFAULT_HEALTH_RULES, parseDuration, type HealthRules } from './health/index.js';

/** A variable that a parser must accept; what the parser says becomes the rule that the fault names. */
function Parses(name: string, parse: (text: string) => unknown): PropertyDecorator {
  const fault = (value: unknown): string | undefined => {
    if (value === undefined) return 'must be set';
    try {
      parse(value instanceof Secret ? (value as Secret).reveal() : (value as string));
      return undefined;
    } catch (error) {
      return (error as Error).message;
    }
  };
  return ValidateBy({
    name,
    validator: { validate: (value) => fault(value) === undefined, defaultMessage: (args) => fault(args?.value) ?? 'is invalid' },
  });
}

function parseSchedule(text: string): number[] {
  return text === '' ? [] : text.split(',').map((part) => parseDuration(part.trim()));
}

function requirePostgresUrl(text: string): void {
  if (!/^postgres(ql)?:\/\//.test(text) || !URL.canParse(text)) throw new Error('must be a postgres:// URL');
}

/** The environment of the delivery-service. */
export class DeliveryServiceEnv extends KafkaEnv {
  /** Port of `/healthz`, `/readyz` and `/metrics`. */
  @Port()
  readonly HEALTH_PORT: number = 3002;

  /** `keyId:base64(32 bytes)` list that opens the secrets of webhooks; all of them decrypt. */
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? new Secret(value) : value))
  @Parses('masterKeys', (text) => parseMasterKeys(text))
  readonly HOOKSTREAM_MASTER_KEYS!: Secret;

  /** Postgres, `postgres://user:password@host:port/database`; the service keeps to its own schema. */
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? new Secret(value) : value))
  @Parses('postgresUrl', requirePostgresUrl)
  readonly DATABASE_URL!: Secret;

  /** Deliveries a second, at most, that an instance requests again once they are due: more would stand before new events. */
  @Int(1, 100_000)
  readonly DUE_PER_SECOND: number = 1000;

  /** The same for one webhook. */
  @Int(1, 100_000)
  readonly DUE_PER_SECOND_PER_WEBHOOK: number = 500;

  /** Private ranges that webhooks may reach, in CIDR notation, comma-separated; metadata addresses are never reachable. */
  @Parses('cidrs', (text) => parseEgressPolicy(text, false))
  readonly EGRESS_ALLOWED_CIDRS: string = '';

  /** Refuse `http:` URLs. */
  @Bool()
  readonly EGRESS_HTTPS_ONLY: boolean = false;

  /** Most connections to one origin (scheme, host and port). */
  @Int(1, 65_535)
  readonly EGRESS_CONNECTIONS_PER_ORIGIN: number = 1024;

  /** Delays before attempts 2, 3, …, each jittered by a fifth, where a webhook has no schedule of its own. */
  @Parses('schedule', parseSchedule)
  readonly RETRY_SCHEDULE: string = '5s,5m,30m,2h,5h,10h,14h,20h,24h';

  /** How long after it was requested a delivery is given up, whatever it waits for, such as `7d`. */
  @Parses('duration', parseDuration)
  readonly DELIVERY_MAX_AGE: string = '7d';

  /** Attempts of all webhooks that may be under way at once. */
  @Int(1, 100_000)
  readonly MAX_CONCURRENT_ATTEMPTS: number = 2000;

  /** Milliseconds that the circuit of a failing endpoint stays open at first; doubles each time a probe fails. */
  @Int(100, 86_400_000)
  readonly CIRCUIT_OPEN_MS: number = 30_000;

  /** The longest, in milliseconds, that it stays open before the next probe. */
  @Int(100, 86_400_000)
  readonly CIRCUIT_MAX_OPEN_MS: number = 900_000;

  /** Failing endpoints kept in memory; the state of further ones is read from its topic when it is needed. */
  @Int(1, 1_000_000)
  readonly CIRCUITS_IN_MEMORY: number = 10_000;

  /** After how long of nothing but failures a webhook is disabled, such as `5d` or `12h`. */
  @Parses('duration', parseDuration)
  readonly AUTO_DISABLE_AFTER: string = '5d';
}

export const retryRules = (env: DeliveryServiceEnv): RetryRules => ({
  scheduleMs: parseSchedule(env.RETRY_SCHEDULE),
  maxAgeMs: parseDuration(env.DELIVERY_MAX_AGE),
});

export const healthRules = (env: DeliveryServiceEnv): HealthRules => ({
  ...DEFAULT_HEALTH_RULES,
  openMs: env.CIRCUIT_OPEN_MS,
  maxOpenMs: Math.max(env.CIRCUIT_OPEN_MS, env.CIRCUIT_MAX_OPEN_MS),
  autoDisableAfterMs: parseDuration(env.AUTO_DISABLE_AFTER),
  maxTracked: env.CIRCUITS_IN_MEMORY,
});

export const loadEnv = (): Readonly<DeliveryServiceEnv> => loadConfig(DeliveryServiceEnv);

export const egressPolicy = (env: DeliveryServiceEnv): EgressPolicy => parseEgressPolicy(env.EGRESS_ALLOWED_CIDRS, env.EGRESS_HTTPS_ONLY);
