import { Stack, Table, Text, Title } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { AttemptDetail } from '../../api';
import classes from '../delivery.module.css';

/** Headers as sent, credentials masked by the server, and those that came back. */
export function HeadersTab({ attempt: { request, response } }: { readonly attempt: AttemptDetail }) {
  const { t } = useTranslation();
  return (
    <Stack gap="lg">
      <HeaderTable title={t('delivery.headers.request')} hint={t('delivery.headers.masked')} headers={request.headers} />
      {response ? <HeaderTable title={t('delivery.headers.response')} headers={response.headers} /> : null}
    </Stack>
  );
}

interface HeaderTableProps {
  readonly title: string;
  readonly hint?: string;
  readonly headers: Readonly<Record<string, string | string[]>>;
}

export function HeaderTable({ title, hint, headers }: HeaderTableProps) {
  const { t } = useTranslation();
  const id = useId();
  const lines = Object.entries(headers).flatMap(([name, values]) => [values].flat().map((value) => ({ name, value })));
  return (
    <section aria-labelledby={id}>
      <Title order={3} size="h4" id={id}>
        {title}
      </Title>
      {hint ? (
        <Text size="sm" c="dimmed">
          {hint}
        </Text>
      ) : null}
      {lines.length === 0 ? (
        <Text c="dimmed">{t('delivery.headers.none')}</Text>
      ) : (
        <Table className={classes.headers} verticalSpacing={6} horizontalSpacing="xs" mt="xs" aria-labelledby={id}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col" w="34%">
                {t('delivery.headers.name')}
              </Table.Th>
              <Table.Th scope="col">{t('delivery.headers.value')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {lines.map(({ name, value }, index) => (
              <Table.Tr key={`${name}-${index}`}>
                <Table.Th scope="row">{name}</Table.Th>
                <Table.Td>{value}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </section>
  );
}
