import { Alert, Button, Code, Group, Stack } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiKey } from '../../api';
import { CopyIcon, Dialog, ShownOnceGuard } from '../../shown';

interface ShownKeyDialogProps {
  readonly apiKey: ApiKey;
  readonly onStored: () => void;
}

/** Shows a key once. Only “I stored it” closes it, and leaving asks: a slip of the Escape key would lose the key for ever. */
export function ShownKeyDialog({ apiKey, onStored }: ShownKeyDialogProps) {
  const { t } = useTranslation();
  const isStored = useRef(false);
  const close = () => {
    isStored.current = true;
    onStored();
  };
  return (
    <Dialog
      opened
      onClose={close}
      title={t('developers.keys.shown.title', { name: apiKey.name })}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      size="lg"
    >
      <Stack data-shown-once>
        <Alert variant="light" color="orange" icon={<IconAlertTriangle size={18} aria-hidden />}>
          {t('developers.keys.shown.text')}
        </Alert>
        <Group gap="xs" wrap="nowrap" align="flex-start">
          <Code block style={{ flex: 1, overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }} data-shown-key>
            {apiKey.key}
          </Code>
          <CopyIcon text={apiKey.key ?? ''} label={t('developers.keys.shown.key')} />
        </Group>
        <Group justify="flex-end">
          <Button onClick={close}>{t('developers.keys.shown.stored')}</Button>
        </Group>
      </Stack>
      <ShownOnceGuard isOpen={() => !isStored.current} name={apiKey.name} />
    </Dialog>
  );
}
