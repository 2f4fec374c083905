import { Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiKey } from '../../api';
import { ConfirmDialog } from '../../shown';
import type { useKeyChanges } from './use-api-keys';

interface RotateKeyDialogProps {
  readonly apiKey: ApiKey;
  readonly onClose: () => void;
  readonly rotate: ReturnType<typeof useKeyChanges>['rotate'];
  readonly onRotated: (apiKey: ApiKey) => void;
}

const OVERLAPS = ['0', '3600', '86400', '604800'] as const;

export function RotateKeyDialog({ apiKey, onClose, rotate, onRotated }: RotateKeyDialogProps) {
  const { t } = useTranslation();
  const [overlap, setOverlap] = useState<string>('86400');
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t('developers.keys.rotate.title', { name: apiKey.name })}
      confirm={t('developers.keys.rotate.confirm')}
      destructive={overlap === '0'}
      pending={rotate.isPending}
      error={rotate.error}
      onConfirm={() => rotate.mutate({ keyId: apiKey.id, overlapSeconds: Number(overlap) }, { onSuccess: onRotated })}
    >
      {t('developers.keys.rotate.text')}
      <Select
        mt="md"
        label={t('developers.keys.rotate.overlap')}
        value={overlap}
        onChange={(chosen) => setOverlap(chosen ?? '0')}
        allowDeselect={false}
        data={OVERLAPS.map((value) => ({ value, label: t(`developers.keys.rotate.overlapOf.${value}`) }))}
      />
    </ConfirmDialog>
  );
}
