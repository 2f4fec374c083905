import { Transform } from 'class-transformer';
import { ValidateBy } from 'class-validator';
import { type EgressPolicy, parseEgressPolicy } from '#libs/egress';
import { Secret } from '#libs/kernel';
import { Bool, Int, KafkaEnv, Port, loadConfig } from '#libs/runtime';
import { parseMasterKeys } from '#libs/secrets';

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

/** The environment of the delivery-service. */
export class DeliveryServiceEnv extends KafkaEnv {
  /** Port of `/healthz`, `/readyz` and `/metrics`. */
  @Port()
  readonly HEALTH_PORT: number = 3002;

  /** `keyId:base64(32 bytes)` list that opens the secrets of webhooks; all of them decrypt. */
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? new Secret(value) : value))
  @Parses('masterKeys', (text) => parseMasterKeys(text))
  readonly HOOKSTREAM_MASTER_KEYS!: Secret;

  /** Private ranges that webhooks may reach, in CIDR notation, comma-separated; metadata addresses are never reachable. */
  @Parses('cidrs', (text) => parseEgressPolicy(text, false))
  readonly EGRESS_ALLOWED_CIDRS: string = '';

  /** Refuse `http:` URLs. */
  @Bool()
  readonly EGRESS_HTTPS_ONLY: boolean = false;

  /** Most connections to one origin (scheme, host and port). */
  @Int(1, 65_535)
  readonly EGRESS_CONNECTIONS_PER_ORIGIN: number = 1024;

  /** How often a delivery is tried before it has failed, the first attempt included. */
  @Int(1, 10)
  readonly IMMEDIATE_ATTEMPTS: number = 3;

  /** Attempts of one webhook that may be under way at once. */
  @Int(1, 100)
  readonly MAX_IN_FLIGHT: number = 10;
}

export const loadEnv = (): Readonly<DeliveryServiceEnv> => loadConfig(DeliveryServiceEnv);

export const egressPolicy = (env: DeliveryServiceEnv): EgressPolicy => parseEgressPolicy(env.EGRESS_ALLOWED_CIDRS, env.EGRESS_HTTPS_ONLY);
