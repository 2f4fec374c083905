import { useTranslation } from 'react-i18next';
import type { AttemptDetail } from '../api';
import { failureText } from './failure-params';

export interface FailureWords {
  readonly words: string;
  readonly hint: string;
}

/** What went wrong with an attempt and what to do about it; undefined for a success. */
export function useFailureWords(): (attempt: Parameters<typeof failureText>[0]) => FailureWords | undefined {
  const { t } = useTranslation();
  return (attempt) => {
    const text = failureText(attempt);
    if (!text || !attempt.failure) return undefined;
    const { kind, ...values } = text;
    if (kind === undefined) return attempt.failure;
    return { words: t(`delivery.failure.${kind}.words`, values), hint: t(`delivery.failure.${kind}.hint`, values) };
  };
}

/** The class of an error in words; for lists, which know no more. */
export function useErrorWords(): (errorClass: AttemptDetail['errorClass']) => string {
  const { t } = useTranslation();
  return (errorClass) => (errorClass === null ? '' : t(`delivery.errorClass.${errorClass}`, { defaultValue: errorClass }));
}
