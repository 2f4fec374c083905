import type { DeliveryAttemptedV1 } from '#libs/contracts';
import type { Transaction } from '#libs/persistence';
import { pointerPath, REDACTED, redactJson } from './json-redaction.js';
import type { Redaction, RedactionRules } from './redaction.js';

/** Shorter values are found in anything. */
const TELLING_LENGTH = 3;

/**
 * Takes out what JSON pointers into the data of an event type name, as the data was published and as it was sent: most formats
 * hold it as the member `data` or are it. A body in which it cannot be told where the data went, as of XML, one with fields of
 * its own, or one that was cut off, is taken out as a whole. An answer that repeats what was taken out loses it too.
 */
export class PointerRedaction implements Redaction {
  private readonly paths = new Map<string, readonly (readonly string[])[]>();

  constructor(private readonly rules: RedactionRules) {}

  refresh(transaction: Transaction): Promise<void> {
    return this.rules.refresh(transaction);
  }

  ofData(eventType: string, data: Buffer): { readonly data: Buffer; readonly redacted: boolean } {
    const paths = this.pathsOf(eventType);
    if (paths.length === 0) return { data, redacted: false };
    const result = redactJson(data.toString('utf8'), paths);
    if (!result) return { data: Buffer.from(JSON.stringify(REDACTED)), redacted: true };
    return result.values.length > 0 ? { data: Buffer.from(result.text, 'utf8'), redacted: true } : { data, redacted: false };
  }

  ofAttempt(attempt: DeliveryAttemptedV1): DeliveryAttemptedV1 {
    const { request, response } = attempt;
    const paths = this.pathsOf(attempt.eventType);
    if (paths.length === 0 || request.body === null) return attempt;
    const body = redactBody(request.body, paths);
    const answer = response && {
      ...response,
      headers: Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, redactHeader(value, body?.values)])),
      body: redactAnswer(response.body, body?.values),
    };
    return { ...attempt, request: { ...request, body: body?.text ?? REDACTED }, response: answer };
  }

  private pathsOf(eventType: string): readonly (readonly string[])[] {
    const pointers = this.rules.of(eventType);
    if (pointers.length === 0) return [];
    const key = pointers.join('\n');
    let paths = this.paths.get(key);
    if (!paths) this.paths.set(key, (paths = pointers.map(pointerPath)));
    return paths;
  }
}

/** @returns undefined when it cannot be told where the data is */
function redactBody(body: string, paths: readonly (readonly string[])[]): { text: string; values: readonly string[] } | undefined {
  // As the data itself and as the member `data` of what it was put into.
  const result = redactJson(body, [...paths, ...paths.map((path) => ['data', ...path])]);
  if (!result || result.values.length === 0 || hasFieldsOfItsOwn(body)) return undefined;
  return result;
}

// Bodies of the format Z_API hold what was in the data under other names.
function hasFieldsOfItsOwn(body: string): boolean {
  const { type } = JSON.parse(body) as { type?: unknown };
  return typeof type === 'string' && type.endsWith('Callback');
}

function redactHeader(value: string | readonly string[], values: readonly string[] | undefined): string | string[] {
  return typeof value === 'string' ? redactAnswer(value, values) : value.map((one) => redactAnswer(one, values));
}

function redactAnswer(answer: string, values: readonly string[] | undefined): string {
  if (!values) return answer === '' ? '' : REDACTED;
  return values.filter((value) => value.length >= TELLING_LENGTH).reduce((text, value) => text.replaceAll(value, REDACTED), answer);
}
