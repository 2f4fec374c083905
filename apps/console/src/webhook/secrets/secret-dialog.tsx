import { Accordion, Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconDownload } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyIcon, Dialog, saveFile, ShownOnceGuard } from '../../shown';
import { VerifySnippets } from './verify-snippets';
import classes from './secrets.module.css';

/** A secret as the one answer that tells it has it. */
export interface ShownSecret {
  readonly secret: string;
  readonly secretWhsec: string;
}

interface SecretDialogProps {
  readonly webhookName: string;
  readonly opened: boolean;
  /** Undefined: there is none to show, only what else stands in the dialog. */
  readonly secret: ShownSecret | undefined;
  readonly onStored: () => void;
  /** Such as how the test went, or until when the secret before it signs too. */
  readonly children?: ReactNode;
}

/** Shows a secret once. Only “I stored it” closes it, and leaving asks: a slip of the Escape key would lose the secret for ever. */
export function SecretDialog({ webhookName, opened, secret, onStored, children }: SecretDialogProps) {
  const { t } = useTranslation();
  const isStored = useRef(false);
  useEffect(() => {
    isStored.current = false;
  }, [secret?.secret]);
  const close = () => {
    isStored.current = true;
    onStored();
  };
  return (
    <Dialog
      opened={opened}
      onClose={close}
      title={t(secret ? 'webhook.secretDialog.title' : 'webhook.secretDialog.titleWithout', { name: webhookName })}
      size="xl"
      withCloseButton={false}
      closeOnEscape={secret === undefined}
      closeOnClickOutside={false}
    >
      <Stack gap="md" data-shown-once={secret !== undefined || undefined}>
        {secret ? <SecretTexts secret={secret} webhookName={webhookName} /> : null}
        {children}
        {secret ? (
          <Accordion variant="separated">
            <Accordion.Item value="verify">
              <Accordion.Control>{t('webhook.verify.title')}</Accordion.Control>
              <Accordion.Panel>
                <VerifySnippets />
              </Accordion.Panel>
            </Accordion.Item>
          </Accordion>
        ) : null}
        <Group justify="space-between">
          {secret ? (
            <Button
              variant="default"
              leftSection={<IconDownload size={16} aria-hidden />}
              onClick={() => saveFile(`${fileName(webhookName)}-secret.txt`, secretFile(webhookName, secret))}
            >
              {t('webhook.secretDialog.download')}
            </Button>
          ) : null}
          <Button ml="auto" onClick={close}>
            {t(secret ? 'webhook.secretDialog.stored' : 'webhook.secretDialog.close')}
          </Button>
        </Group>
      </Stack>
      {secret ? <ShownOnceGuard isOpen={() => opened && !isStored.current} name={webhookName} /> : null}
    </Dialog>
  );
}

function SecretTexts({ secret, webhookName }: { readonly secret: ShownSecret; readonly webhookName: string }) {
  const { t } = useTranslation();
  return (
    <>
      <Alert variant="light" color="orange" icon={<IconAlertTriangle size={18} aria-hidden />}>
        {t('webhook.secretDialog.once', { name: webhookName })}
      </Alert>
      <SecretText label={t('webhook.secretDialog.secret')} text={secret.secret} />
      {secret.secretWhsec === secret.secret ? null : <SecretText label={t('webhook.secretDialog.whsec')} text={secret.secretWhsec} />}
    </>
  );
}

function SecretText({ label, text }: { readonly label: string; readonly text: string }) {
  return (
    <div>
      <Text size="sm" fw={500} mb={4}>
        {label}
      </Text>
      <div className={classes.secret}>
        <code>{text}</code>
        <CopyIcon text={text} label={label} />
      </div>
    </div>
  );
}

function secretFile(webhookName: string, { secret, secretWhsec }: ShownSecret): Blob {
  const text = `# ${webhookName.replaceAll('\n', ' ')}\nWEBHOOK_SECRET=${secret}\nWEBHOOK_SECRET_WHSEC=${secretWhsec}\n`;
  return new Blob([text], { type: 'text/plain' });
}

function fileName(name: string): string {
  return (
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '') || 'webhook'
  );
}
