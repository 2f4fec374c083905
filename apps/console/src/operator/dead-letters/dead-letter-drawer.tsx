import { Button, Drawer, Group, Skeleton, Stack, Table, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconSend2 } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { type DeadLetterDetail, getDeadLetter, republishDeadLetter } from '../../api';
import { bytesText, prettyJson } from '../../delivery';
import { ProblemState } from '../../list';
import { CodeView, ConfirmDialog, IdText, TimeText } from '../../shown';
import { LetterPlace, LetterStatus } from './letter-words';

interface DeadLetterDrawerProps {
  readonly id: string | undefined;
  readonly onClose: () => void;
  readonly onRepublished: () => void;
}

/** A dead letter with all of it, and the button that sends it on its way again. */
export function DeadLetterDrawer({ id, onClose, onRepublished }: DeadLetterDrawerProps) {
  const { t } = useTranslation();
  const letter = useQuery({
    queryKey: ['deadLetter', id],
    enabled: id !== undefined,
    queryFn: async () => (await getDeadLetter({ path: { id: id! }, throwOnError: true })).data,
  });
  return (
    <Drawer.Root opened={id !== undefined} onClose={onClose} position="right" size="min(760px, 100%)">
      <Drawer.Overlay backgroundOpacity={0.35} />
      <Drawer.Content aria-label={t('operator.deadLetters.detail.title')}>
        <Group p="md" justify="space-between" wrap="nowrap">
          <Title order={2} size="h3">
            {letter.data?.reason ?? t('operator.deadLetters.detail.title')}
          </Title>
          <Drawer.CloseButton aria-label={t('shown.close')} />
        </Group>
        <Drawer.Body>
          {letter.data ? (
            <Letter
              letter={letter.data}
              onRepublished={() => {
                void letter.refetch();
                onRepublished();
              }}
            />
          ) : letter.error ? (
            <ProblemState error={letter.error} onRetry={() => void letter.refetch()} />
          ) : (
            <Skeleton height={240} />
          )}
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}

function Letter({ letter, onRepublished }: { readonly letter: DeadLetterDetail; readonly onRepublished: () => void }) {
  const { t } = useTranslation();
  const { id, key, size, headers, payload, republishedAt, republishedBy, republishable } = letter;
  return (
    <Stack gap="lg">
      <Group justify="space-between">
        <Group gap="sm">
          <LetterStatus letter={letter} />
          <LetterPlace letter={letter} />
        </Group>
        {republishable ? <Republish letter={letter} onRepublished={onRepublished} /> : null}
      </Group>
      <Stack gap={4}>
        <IdText id={id} main />
        {republishedAt ? (
          <Text size="sm">
            <Trans
              i18nKey="operator.deadLetters.detail.republished"
              values={{ who: republishedBy }}
              components={{ when: <TimeText iso={republishedAt} /> }}
            />
          </Text>
        ) : null}
        {republishable ? null : <Text size="sm">{t('operator.deadLetters.detail.cannot')}</Text>}
        <Text size="sm" c="dimmed">
          {t('operator.deadLetters.detail.key')}: {key ?? t('operator.deadLetters.detail.noKey')} · {t('operator.deadLetters.detail.size')}:{' '}
          {bytesText(size ?? 0)}
        </Text>
      </Stack>
      <section>
        <Title order={3} size="h4" mb="xs">
          {t('operator.deadLetters.detail.payload')}
        </Title>
        {payload ? (
          <Stack gap="xs">
            {payload.encoding === 'base64' ? <Text size="sm">{t('operator.deadLetters.detail.binary')}</Text> : null}
            {payload.truncated ? <Text size="sm">{t('operator.deadLetters.detail.truncated')}</Text> : null}
            <CodeView text={prettyJson(payload.value)} label={t('operator.deadLetters.detail.payload')} language="text" />
          </Stack>
        ) : (
          <Text c="dimmed">{t('operator.deadLetters.detail.tombstone')}</Text>
        )}
      </section>
      <section>
        <Title order={3} size="h4" mb="xs">
          {t('operator.deadLetters.detail.headers')}
        </Title>
        {headers.length === 0 ? (
          <Text c="dimmed">{t('operator.deadLetters.detail.noHeaders')}</Text>
        ) : (
          <Table aria-label={t('operator.deadLetters.detail.headers')}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">{t('operator.deadLetters.detail.name')}</Table.Th>
                <Table.Th scope="col">{t('operator.deadLetters.detail.value')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {headers.map(({ name, value }, index) => (
                <Table.Tr key={`${name}-${index}`}>
                  <Table.Th scope="row" ff="monospace" fw={500} ta="start">
                    {name}
                  </Table.Th>
                  <Table.Td ff="monospace" style={{ overflowWrap: 'anywhere' }}>
                    {value}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
      </section>
    </Stack>
  );
}

function Republish({
  letter: { id, topic, status },
  onRepublished,
}: {
  readonly letter: DeadLetterDetail;
  readonly onRepublished: () => void;
}) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const again = status === 'republished';
  const republish = useMutation({
    mutationFn: async () => (await republishDeadLetter({ path: { id }, body: again ? { again: true } : {}, throwOnError: true })).data,
    onSuccess: () => {
      setAsking(false);
      notifications.show({ message: t('operator.deadLetters.republish.done', { topic }) });
      onRepublished();
    },
  });
  const action = t(`operator.deadLetters.republish.${again ? 'again' : 'action'}`);
  return (
    <>
      <Button size="xs" leftSection={<IconSend2 size={15} aria-hidden />} data-key="r" onClick={() => setAsking(true)}>
        {action}
      </Button>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('operator.deadLetters.republish.title', { topic })}
        confirm={action}
        onConfirm={() => republish.mutate()}
        pending={republish.isPending}
        error={republish.error}
      >
        {t('operator.deadLetters.republish.text', { topic })} {again ? t('operator.deadLetters.republish.textAgain') : ''}
      </ConfirmDialog>
    </>
  );
}
