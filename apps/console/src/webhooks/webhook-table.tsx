import { Table, VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Webhook } from '../api';
import { useCatalog } from '../webhook-form';
import { type AskedDialog, WebhookActions } from '../webhook';
import type { Column } from './webhook-columns';
import classes from './webhooks.module.css';

interface WebhookTableProps {
  readonly webhooks: readonly Webhook[];
  readonly columns: readonly Column[];
  /** Then a row shows in its first cell what has no column of its own. */
  readonly narrow: boolean;
  readonly onAsk: (dialog: AskedDialog, webhook: Webhook) => void;
}

/** The webhooks, one a row; its name, which heads the row, leads to it. */
export function WebhookTable({ webhooks, columns, narrow, onAsk }: WebhookTableProps) {
  const { t } = useTranslation();
  const { types } = useCatalog();
  const moduleOf = new Map((types ?? []).map(({ name, module }) => [name, module]));
  const context = { t, moduleOf, narrow };
  return (
    <Table.ScrollContainer minWidth={narrow ? 280 : 940} type="native">
      <Table className={classes.table} highlightOnHover verticalSpacing="sm" horizontalSpacing="xs" aria-label={t('webhooks.title')}>
        <Table.Thead>
          <Table.Tr>
            {columns.map(({ id }) => (
              <Table.Th key={id} scope="col">
                {t(`webhooks.column.${id}`)}
              </Table.Th>
            ))}
            <Table.Th scope="col" className={classes.actions}>
              <VisuallyHidden>{t('webhooks.column.actions')}</VisuallyHidden>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {webhooks.map((webhook) => (
            <Table.Tr key={webhook.id} data-row={webhook.id}>
              {columns.map(({ id, cell }, index) =>
                index === 0 ? (
                  <Table.Th key={id} scope="row">
                    {cell(webhook, context)}
                  </Table.Th>
                ) : (
                  <Table.Td key={id}>{cell(webhook, context)}</Table.Td>
                ),
              )}
              <Table.Td className={classes.actions}>
                <WebhookActions webhook={webhook} onAsk={onAsk} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
