import { Anchor, Group, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Overview } from '../api';
import { StatusWord } from '../shown';
import classes from './overview.module.css';

/** The webhooks that somebody should look at, and why. */
export function Attention({ webhooks }: { readonly webhooks: Overview['attention'] }) {
  const { t } = useTranslation();
  const titleId = useId();
  if (webhooks.length === 0) return null;
  return (
    <section className={classes.panel} aria-labelledby={titleId}>
      <Title order={2} size="h4" id={titleId} mb="xs">
        {t('overview.attention.title')}
      </Title>
      <ul className={classes.attention}>
        {webhooks.map(({ webhookId, name, health }) => (
          <li key={webhookId} data-row={webhookId}>
            <Group gap="sm" wrap="nowrap" align="flex-start" justify="space-between">
              <div>
                <Anchor fw={550} renderRoot={(props: object) => <Link to="/webhooks/$webhookId" params={{ webhookId }} {...props} />}>
                  {name}
                </Anchor>
                <Text size="sm" c="dimmed">
                  {health.words}
                </Text>
              </div>
              <StatusWord status={health.state} />
            </Group>
          </li>
        ))}
      </ul>
    </section>
  );
}
