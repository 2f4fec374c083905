import { ActionIcon, Anchor, Badge, Group, Table, Text, Tooltip } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Attempt } from '../api';
import { useSession } from '../app';
import { durationText, useErrorWords, useRedeliver } from '../delivery';
import { StatusWord, TimeText, useNow } from '../shown';
import classes from './history.module.css';

interface AttemptRowProps {
  readonly attempt: Attempt;
  readonly narrow: boolean;
  readonly isOpen: boolean;
  readonly isQueued: boolean;
}

/** An attempt; both its event and “View Details” lead to the drawer of its delivery. */
export const AttemptRow = memo(function AttemptRow({ attempt, narrow, isOpen, isQueued }: AttemptRowProps) {
  const { id, attempt: number, attemptedAt, trigger, nextAttemptAt, durationMs } = attempt;
  const { t } = useTranslation();
  const status = (
    <Group gap={6} wrap={narrow ? 'wrap' : 'nowrap'}>
      <StatusWord status={attempt.status} />
      {isQueued ? <StatusWord status="queued" /> : null}
    </Group>
  );
  return (
    <Table.Tr data-row={id} className={isOpen ? classes.openRow : undefined}>
      <Table.Th scope="row">
        <Group gap={6}>
          <DetailsLink attempt={attempt} className={classes.eventLink}>
            {attempt.eventType}
          </DetailsLink>
          {trigger === 'event' || trigger === 'retry' ? null : (
            <Badge size="sm" color={trigger === 'test' ? 'violet' : 'blue'}>
              {t(`delivery.trigger.${trigger}`)}
            </Badge>
          )}
        </Group>
        {narrow ? (
          <div className={classes.narrowFacts}>
            <TimeText iso={attemptedAt} />
            <Code attempt={attempt} />
            <span>{durationText(durationMs)}</span>
          </div>
        ) : null}
      </Table.Th>
      {narrow ? null : (
        <>
          <Table.Td>
            <TimeText iso={attemptedAt} />
          </Table.Td>
          <Table.Td>
            <Code attempt={attempt} />
          </Table.Td>
        </>
      )}
      <Table.Td>{status}</Table.Td>
      {narrow ? null : (
        <>
          <Table.Td>{number}</Table.Td>
          <Table.Td>
            <NextAttempt at={nextAttemptAt} />
          </Table.Td>
          <Table.Td className={classes.nowrap}>{durationText(durationMs)}</Table.Td>
        </>
      )}
      <Table.Td>
        <Group gap={6} wrap="nowrap">
          {narrow ? null : (
            <DetailsLink
              attempt={attempt}
              className={classes.nowrap}
              label={t('history.viewDetailsOf', { event: attempt.eventType, number })}
            >
              {t('history.viewDetails')}
            </DetailsLink>
          )}
          <RedeliverIcon attempt={attempt} isQueued={isQueued} />
        </Group>
      </Table.Td>
    </Table.Tr>
  );
});

/** When it was planned to follow. What was due and has not come waits behind others, or for the webhook to be let through again. */
function NextAttempt({ at }: { readonly at: string | null }) {
  const { t } = useTranslation();
  const now = useNow();
  if (at === null) return <Dimmed words="–" />;
  if (Date.parse(at) > now) return <TimeText iso={at} />;
  return (
    <Text span size="sm" c="dimmed" className={classes.nowrap}>
      {t('history.wasDue')} <TimeText iso={at} />
    </Text>
  );
}

function Code({ attempt: { statusCode, errorClass } }: { readonly attempt: Attempt }) {
  const words = useErrorWords()(errorClass);
  if (statusCode === null) return <Dimmed words={words || '–'} />;
  return (
    <Text span size="sm" className={classes.code} c={statusCode < 300 ? 'green' : statusCode < 400 ? 'yellow' : 'red'}>
      {statusCode}
    </Text>
  );
}

function Dimmed({ words }: { readonly words: string }) {
  return (
    <Text span size="sm" c="dimmed">
      {words}
    </Text>
  );
}

interface DetailsLinkProps {
  readonly attempt: Attempt;
  readonly children: string;
  readonly label?: string;
  readonly className?: string | undefined;
}

function DetailsLink({ attempt, children, label, className }: DetailsLinkProps) {
  return (
    <Anchor
      size="sm"
      className={className}
      aria-label={label}
      renderRoot={(props) => (
        <Link
          to="."
          search={(before: object) => ({ ...before, open: attempt.id }) as never}
          resetScroll={false}
          preload={false}
          {...props}
        />
      )}
    >
      {children}
    </Anchor>
  );
}

function RedeliverIcon({
  attempt: { deliveryId, eventType, trigger },
  isQueued,
}: {
  readonly attempt: Attempt;
  readonly isQueued: boolean;
}) {
  const { t } = useTranslation();
  const redeliver = useRedeliver();
  const mayRedeliver = useSession().may('deliveries:redeliver');
  if (!mayRedeliver || trigger === 'test') return null;
  return (
    <Tooltip label={t('delivery.action.redeliver')}>
      <ActionIcon
        variant="subtle"
        color="gray"
        data-key="r"
        aria-label={t('delivery.action.redeliverThis', { id: eventType })}
        loading={redeliver.isPending}
        disabled={isQueued}
        onClick={() => redeliver.mutate(deliveryId)}
      >
        <IconRefresh size={16} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}
