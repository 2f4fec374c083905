import { validationPipe } from '#libs/runtime';

const pipe = validationPipe();

/**
 * What a message says, as the object that the HTTP door makes of a body: the same class, the same rules, the same names in faults.
 * @param given members by their HTTP names; one that is undefined was not sent
 * @throws AppError `VALIDATION_FAILED`
 */
export async function checked<T extends object>(Dto: new () => T, given: object): Promise<T> {
  return (await pipe.transform(sent(given), { type: 'body', metatype: Dto })) as T;
}

/** The members that are not undefined. */
export function sent(given: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
