import { Transform } from 'class-transformer';
import { Secret } from '#libs/kernel';

/** Makes a `Secret` of a text; to be named before the rules that the text has to meet. */
export function Hidden(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? new Secret(value) : value));
}
