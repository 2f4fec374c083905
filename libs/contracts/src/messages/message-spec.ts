import type { TopicSpec } from '../topics.js';

/** What a message version is, to those that read it and to those that describe it. */
export interface MessageSpec<T = unknown> {
  readonly name: string;
  readonly version: number;
  /** The CloudEvents types under which it travels. */
  readonly types: readonly string[];
  readonly topic: TopicSpec;
  /** One sentence about what a record says. */
  readonly summary: string;
  /** Of the JSON value. */
  readonly schema: ObjectSchema<T>;
  /** The golden message that stands for all of this version in documentation: a file of `fixtures/` without `.json`. */
  readonly fixture: string;
}

/** JSON Schema, draft 7, of an object. Members beyond `properties` pass: an optional member added later stays the same version. */
export interface ObjectSchema<T> {
  readonly type: 'object' | readonly ['object', 'null'];
  readonly description?: string;
  readonly required: readonly string[];
  readonly properties: Members<T>;
}

// The mapped types make the compiler ask for every member of the TypeScript type, nested ones included.
export type Members<T> = { readonly [K in keyof T]-?: unknown extends T[K] ? Leaf : MemberSchema<Exclude<T[K], undefined>> };
type MemberSchema<V> = [NonNullable<V>] extends [readonly unknown[]]
  ? Leaf
  : string extends keyof NonNullable<V>
    ? Leaf
    : [NonNullable<V>] extends [object]
      ? ObjectSchema<NonNullable<V>> & Described
      : Leaf;

interface Described {
  /** One line; for a text, its format too. */
  readonly description: string;
}

/** Everything that the compiler does not take apart: texts, numbers, lists, maps. */
interface Leaf extends Described {
  readonly type: string | readonly string[];
  readonly [keyword: string]: unknown;
}

type OptionalKey<T> = { [K in keyof T]-?: undefined extends T[K] ? (unknown extends T[K] ? never : K) : never }[keyof T];

/**
 * An object whose members are all there in every message, `null` where there is nothing to say, but for those that came
 * later to a version that was in use: `optional` names them.
 */
export function objectOf<T>(
  properties: Members<T>,
  optional: readonly OptionalKey<T>[] = [],
): ObjectSchema<T> & { readonly type: 'object' } {
  const required = Object.keys(properties).filter((name) => !(optional as readonly string[]).includes(name));
  return { type: 'object', required, properties };
}
