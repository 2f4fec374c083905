import { inspect } from 'node:util';

/** A value that must not reach a log, an error or a response: however it is printed, `[set]` comes out. */
export class Secret<T = string> {
  readonly #value: T;

  constructor(value: T) {
    this.#value = value;
  }

  /** The value itself. Call it where the value is used, never to pass it on. */
  reveal(): T {
    return this.#value;
  }

  toString(): string {
    return '[set]';
  }

  toJSON(): string {
    return '[set]';
  }

  [inspect.custom](): string {
    return '[set]';
  }
}
