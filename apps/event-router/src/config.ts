import { IsOptional, IsString, Matches } from 'class-validator';
import { isOwnTopic } from '#libs/contracts';
import { Bool, ConfigError, Int, KafkaEnv, loadConfig, OptionalCommaList, Port } from '#libs/runtime';

/** The environment of the event-router. */
export class EventRouterEnv extends KafkaEnv {
  /** Port of `/healthz`, `/readyz` and `/metrics`. */
  @Port()
  readonly HEALTH_PORT: number = 3001;

  /** Folder of the catalog's YAML files; the shipped catalog when not set. */
  @IsOptional()
  @IsString()
  readonly CATALOG_DIR?: string;

  /** Topics to route besides those of the catalog's modules, comma-separated. */
  @OptionalCommaList()
  @Matches(/^[A-Za-z0-9._-]{1,249}$/, { each: true, message: 'must be names of topics' })
  readonly DOMAIN_TOPICS: string[] = [];

  /** A source and id published again within so many seconds gives no second delivery. */
  @Int(1, 86_400)
  readonly DEDUPE_WINDOW_SECONDS: number = 600;

  /** Most events remembered for that, about 100 bytes each; past it the oldest are forgotten early. */
  @Int(2, 50_000_000)
  readonly DEDUPE_MAX_EVENTS: number = 1_000_000;

  /** Tell the history of events that no webhook of their account wanted, so that they can be found and traced. */
  @Bool()
  readonly TRACE_UNMATCHED_EVENTS: boolean = true;
}

/** @throws ConfigError */
export function loadEnv(variables: NodeJS.ProcessEnv): Readonly<EventRouterEnv> {
  const env = loadConfig(EventRouterEnv, variables);
  // What the router cannot read of them it would write to the dead letters, which it would read.
  const own = env.DOMAIN_TOPICS.some((topic) => isOwnTopic(topic, env.TOPIC_PREFIX));
  if (own) throw new ConfigError(["DOMAIN_TOPICS: must not name Hookstream's own topics"]);
  return env;
}

let loaded: Readonly<EventRouterEnv> | undefined;

/** The environment of this process, read and checked at the first call. @throws ConfigError */
export function env(): Readonly<EventRouterEnv> {
  return (loaded ??= loadEnv(process.env));
}
