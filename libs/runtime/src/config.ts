import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';

/** The environment breaks its rules. The message lists every fault as `VARIABLE: rule` and no value. */
export class ConfigError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`invalid configuration:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

/**
 * Reads the environment into a class whose properties are variables, decorated with class-validator rules and
 * class-transformer conversions. A variable set to the empty text counts as not set. The result is frozen.
 * @throws ConfigError naming every fault at once, never a value
 */
export function loadConfig<T extends object>(EnvClass: new () => T, env: NodeJS.ProcessEnv = process.env): Readonly<T> {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const config = plainToInstance(EnvClass, given, { exposeDefaultValues: true });
  const faults = validateSync(config, { forbidUnknownValues: false }).flatMap((error) =>
    Object.values(error.constraints ?? { invalid: 'is invalid' }).map(
      (rule) => `${error.property}: ${rule.replaceAll(`${error.property} `, '')}`,
    ),
  );
  if (faults.length > 0) throw new ConfigError(faults);
  return Object.freeze(config);
}
