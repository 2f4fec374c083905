import type { Secret } from '#libs/kernel';

/** How to reach the brokers. */
export interface KafkaSettings {
  /** `host:port` of each bootstrap server. */
  readonly brokers: readonly string[];
  readonly clientId: string;
  readonly ssl?: boolean | undefined;
  readonly sasl?: { readonly mechanism: string; readonly username: string; readonly password: Secret } | undefined;
}

export type LogLevel = 'error' | 'warn' | 'info' | 'debug';

/** Where this library's log lines go. `event` is named `noun.past-verb`. */
export type LogFunction = (level: LogLevel, event: string, fields: Readonly<Record<string, unknown>>) => void;
