import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface SubmitBarProps {
  readonly submitLabel: string;
  readonly pending: boolean;
  readonly onCancel: () => void;
  readonly onSubmitChosen?: () => void;
  readonly children?: ReactNode;
}

/** Cancel, what else there is, and the one that saves. */
export function SubmitBar({ submitLabel, pending, onCancel, onSubmitChosen, children }: SubmitBarProps) {
  const { t } = useTranslation();
  return (
    <>
      <Button variant="default" onClick={onCancel}>
        {t('webhookForm.cancel')}
      </Button>
      {children}
      <Button type="submit" loading={pending} {...(onSubmitChosen ? { onClick: onSubmitChosen } : {})}>
        {submitLabel}
      </Button>
    </>
  );
}
