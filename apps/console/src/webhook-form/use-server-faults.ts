import { useState } from 'react';
import { problemOf } from '../api';
import { type PlacedFaults, placeFaults } from './server-faults';
import type { WebhookForm } from './use-webhook-form';

export interface SaveProblem {
  readonly title: string;
  readonly lines: readonly string[];
  readonly traceId?: string | undefined;
}

/** Puts a refusal where it belongs: on the fields that it is about, and what is left on top of the form. */
export function useServerFaults(form: WebhookForm) {
  const [problem, setProblem] = useState<SaveProblem>();
  const [refusals, setRefusals] = useState(0);
  const show = (error: unknown) => {
    const { code, title, detail, errors, traceId } = problemOf(error);
    const placed: PlacedFaults = placeFaults(errors ?? [], form.getValues());
    const fields = code === 'WEBHOOK_NAME_TAKEN' ? { ...placed.fields, name: title } : placed.fields;
    form.setErrors(fields);
    setRefusals((count) => count + 1);
    const onFields = Object.keys(fields).length > 0 && placed.others.length === 0;
    setProblem(onFields ? undefined : { title, lines: placed.others.length > 0 ? placed.others : [detail], traceId });
  };
  return { problem, refusals, show, clear: () => setProblem(undefined) };
}
