import { type ComponentType, memo, type MemoExoticComponent } from 'react';
import type { WebhookFormValues } from '../form-values';
import type { WebhookForm } from '../use-webhook-form';

type Field = keyof WebhookFormValues;

/** The form as a section sees it that has these fields. */
export type FormOf<Own extends readonly Field[]> = Omit<WebhookForm, 'values'> & { readonly values: Pick<WebhookFormValues, Own[number]> };

/** A section that is drawn again for what happens to its own fields alone: a letter in one is not to cost the drawing of all. */
export function ofFields<Own extends readonly Field[], Props extends { readonly form: FormOf<Own> }>(
  own: Own,
  Section: ComponentType<Props>,
): MemoExoticComponent<ComponentType<Props>> {
  return memo(Section, (before, after) => {
    const others = (Object.keys(after) as (keyof Props)[]).filter((name) => name !== 'form');
    // The form makes all values anew with each letter.
    return others.every((name) => before[name] === after[name]) && shownOf(before.form, own) === shownOf(after.form, own);
  });
}

function shownOf<Own extends readonly Field[]>({ values, errors }: FormOf<Own>, own: Own): string {
  const faults = Object.entries(errors).filter(([path]) => own.some((field) => path === field || path.startsWith(`${field}.`)));
  return JSON.stringify([own.map((field: Own[number]) => values[field]), faults]);
}
