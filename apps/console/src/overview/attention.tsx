import { Anchor, Group, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Overview } from '../api';
import { ShowAll } from '../list';
import { StatusWord } from '../shown';
import { healthState, useHealthWords } from '../webhook/health';
import classes from './overview.module.css';

/** More would push the charts off the screen. */
const FIRST = 4;

/** The webhooks that somebody should look at, and why. */
export function Attention({ overview }: { readonly overview: Pick<Overview, 'attention' | 'attentionCount'> }) {
  const webhooks = overview.attention;
  const others = overview.attentionCount - webhooks.length;
  const { t } = useTranslation();
  const titleId = useId();
  const listId = useId();
  const words = useHealthWords();
  const [all, setAll] = useState(false);
  if (webhooks.length === 0) return null;
  return (
    <section className={classes.panel} aria-labelledby={titleId}>
      <Title order={2} size="h4" id={titleId} mb="xs">
        {t('overview.attention.title')}
      </Title>
      <ul className={classes.attention} id={listId}>
        {(all ? webhooks : webhooks.slice(0, FIRST)).map(({ webhookId, name, health }) => (
          <li key={webhookId} data-row={webhookId}>
            <Group gap="sm" wrap="nowrap" align="flex-start" justify="space-between">
              <div>
                <Anchor fw={550} renderRoot={(props: object) => <Link to="/webhooks/$webhookId" params={{ webhookId }} {...props} />}>
                  {name}
                </Anchor>
                <Text size="sm" c="dimmed">
                  {health.state === 'disabled' ? health.words : words(healthState(enabled(health))).long}
                </Text>
              </div>
              <StatusWord status={health.state} />
            </Group>
          </li>
        ))}
      </ul>
      {webhooks.length > FIRST ? <ShowAll count={webhooks.length} all={all} onChange={setAll} controls={listId} mt="xs" ml={-14} /> : null}
      {others > 0 && (all || webhooks.length <= FIRST) ? (
        <Text size="sm" c="dimmed" mt="xs">
          {t('overview.attention.others', { count: others })}
        </Text>
      ) : null}
    </section>
  );
}

/** Of what is enabled its health says all; what is disabled has the words of the server. */
function enabled(health: Overview['attention'][number]['health']) {
  return { status: 'enabled', disabledReason: null, disabledAt: null, health, updatedAt: health.since } as const;
}
