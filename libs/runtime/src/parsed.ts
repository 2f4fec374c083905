import { ValidateBy } from 'class-validator';
import { Secret } from '#libs/kernel';

/** A text, or a Secret of one, that `parse` accepts. What it throws is the rule that the fault names, so its message must not repeat the value. */
export function Parsed(parse: (text: string) => unknown): PropertyDecorator {
  const faultOf = (value: unknown): string | undefined => {
    if (value === undefined) return 'must be set';
    try {
      parse(value instanceof Secret ? (value as Secret).reveal() : (value as string));
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : 'is invalid';
    }
  };
  return ValidateBy({
    name: 'parsed',
    validator: { validate: (value) => faultOf(value) === undefined, defaultMessage: (args) => faultOf(args?.value) ?? 'is invalid' },
  });
}
