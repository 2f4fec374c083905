import { ActionIcon, Group, Menu, Tooltip } from '@mantine/core';
import { IconCopy, IconCopyPlus, IconDots, IconHistory, IconKey, IconPencil, IconSend, IconTrash } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { Fragment, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Webhook } from '../api';
import { useSession } from '../app';
import { useCopy } from '../shown';
import { useMenuTest } from './testing';
import classes from './webhook.module.css';

export type AskedDialog = 'delete' | 'rotate';

interface WebhookActionsProps {
  readonly webhook: Webhook;
  /** Delete and Rotate ask first. The dialogs belong to whoever shows the menu, as a row may go while one is open. */
  readonly onAsk: (dialog: AskedDialog, webhook: Webhook) => void;
}

interface Action {
  readonly label: string;
  readonly icon: typeof IconPencil;
  readonly run?: () => void;
  /** Instead of `run`, where it leads to a page. */
  readonly link?: (props: object) => ReactNode;
  /** Left out for who may only read. */
  readonly writes?: boolean;
  readonly disabled?: boolean;
  /** What it is called where it stands beside the menu, as an icon alone. */
  readonly quick?: string;
  /** Cannot be undone: stands apart, in red. */
  readonly destroys?: boolean;
}

/** All that can be done to a webhook: Edit, Webhook History, Send Test, Copy URL, Rotate secret, Duplicate, Delete. */
export function WebhookActions({ webhook, onAsk }: WebhookActionsProps) {
  const { t } = useTranslation();
  const { may } = useSession();
  const actions = useActions(webhook, onAsk).filter(({ writes }) => !writes || may('webhooks:write'));
  return (
    <Group gap={2} wrap="nowrap" justify="flex-end">
      <Group gap={2} wrap="nowrap" className={classes.quick}>
        {actions.map(({ quick, icon: Icon, run, link, destroys = false }) =>
          quick === undefined ? null : (
            <Tooltip key={quick} label={quick}>
              <ActionIcon variant="subtle" color={destroys ? 'red' : 'gray'} aria-label={quick} onClick={run} renderRoot={link}>
                <Icon size={17} aria-hidden />
              </ActionIcon>
            </Tooltip>
          ),
        )}
      </Group>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={t('webhook.action.menu', { name: webhook.name })}>
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {actions.map(({ label, icon: Icon, run, link, disabled = false, destroys = false }) => (
            <Fragment key={label}>
              {destroys ? <Menu.Divider /> : null}
              <Menu.Item
                leftSection={<Icon size={16} aria-hidden />}
                disabled={disabled}
                onClick={run}
                renderRoot={link}
                {...(destroys ? { color: 'red' } : {})}
              >
                {label}
              </Menu.Item>
            </Fragment>
          ))}
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}

function useActions(webhook: Webhook, onAsk: WebhookActionsProps['onAsk']): readonly Action[] {
  const { t } = useTranslation();
  const copy = useCopy();
  const test = useMenuTest();
  const { name } = webhook;
  const params = { webhookId: webhook.id };
  return [
    {
      label: t('webhook.edit'),
      quick: t('webhook.action.editOf', { name }),
      icon: IconPencil,
      link: (props) => <Link to="/webhooks/$webhookId/edit" params={params} {...props} />,
      writes: true,
    },
    {
      label: t('webhook.action.history'),
      quick: t('webhook.action.historyOf', { name }),
      icon: IconHistory,
      link: (props) => <Link to="/webhooks/$webhookId/history" params={params} {...props} />,
    },
    {
      label: t('webhook.action.test'),
      quick: t('webhook.action.testOf', { name }),
      icon: IconSend,
      run: () => test.mutate(webhook),
      writes: true,
    },
    { label: t('webhook.action.copyUrl'), icon: IconCopy, run: () => void copy(webhook.url) },
    { label: t('webhook.rotate.action'), icon: IconKey, run: () => onAsk('rotate', webhook), writes: true, disabled: !webhook.signing },
    {
      label: t('webhook.action.duplicate'),
      icon: IconCopyPlus,
      link: (props) => <Link to="/webhooks/new" search={{ from: webhook.id }} {...props} />,
      writes: true,
    },
    {
      label: t('webhook.action.delete'),
      quick: t('webhook.action.deleteOf', { name }),
      icon: IconTrash,
      run: () => onAsk('delete', webhook),
      writes: true,
      destroys: true,
    },
  ];
}
