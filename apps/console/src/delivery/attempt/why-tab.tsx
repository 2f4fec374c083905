import { Code, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useId } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { type AttemptDetail, problemOf, traceEvent } from '../../api';
import { TimeText } from '../../shown';
import classes from '../delivery.module.css';
import { useFailureWords } from '../failure-words';

/** Why the request was made at all, and why it ended as it did, with what to do about it. */
export function WhyTab({ attempt }: { readonly attempt: AttemptDetail }) {
  const { t } = useTranslation();
  const failure = useFailureWords()(attempt);
  const { trigger, circuit, statusCode, errorClass, nextAttemptAt } = attempt;
  return (
    <Stack gap="md">
      <Section title={t('delivery.why.sent')}>
        {trigger === 'test' ? null : <Matched attempt={attempt} />}
        <Text>{t(`delivery.why.trigger.${trigger}`)}</Text>
      </Section>
      <Section title={t('delivery.why.result')}>
        {failure ? (
          <>
            <Text fw={600}>{failure.words}</Text>
            <Text>
              {t('delivery.why.hint')}: {failure.hint}
            </Text>
            {attempt.failure?.message ? (
              <Text size="sm" c="dimmed">
                {t('delivery.why.recorded')} <Code>{attempt.failure.message}</Code>
              </Text>
            ) : null}
            {errorClass ? (
              <Text size="sm" c="dimmed">
                {t('delivery.why.errorClass')} <Code>{errorClass}</Code>
              </Text>
            ) : null}
            {nextAttemptAt ? (
              <Text size="sm">
                <Trans i18nKey="delivery.why.next" components={{ time: <TimeText iso={nextAttemptAt} as="clock" /> }} />
              </Text>
            ) : null}
          </>
        ) : (
          <Text>{t('delivery.why.succeeded', { code: statusCode })}</Text>
        )}
      </Section>
      <Section title={t('delivery.why.circuit')}>
        <Text>{t(`delivery.why.circuitAt.${circuit}`)}</Text>
      </Section>
    </Stack>
  );
}

const MATCHED_BY = /^matched by (\S+)$/;

/** By which entry of its subscription the webhook got the event. */
function Matched({ attempt: { eventId, eventType, webhookId } }: { readonly attempt: AttemptDetail }) {
  const { t } = useTranslation();
  const trace = useQuery({
    queryKey: ['trace', eventId],
    staleTime: 60_000,
    queryFn: async () => (await traceEvent({ path: { id: eventId }, throwOnError: true })).data,
  });
  if (trace.isPending) return <Skeleton height={20} width="60%" />;
  if (trace.error)
    return <Text c="dimmed">{problemOf(trace.error).status === 404 ? t('delivery.why.traceGone') : problemOf(trace.error).detail}</Text>;
  const traced = trace.data?.webhooks.find((webhook) => webhook.webhookId === webhookId);
  const subscription = MATCHED_BY.exec(traced?.words ?? '')?.[1];
  return (
    <Text>
      {subscription ? (
        <Trans i18nKey="delivery.why.matched" values={{ subscription, type: eventType }} components={{ event: <Code /> }} />
      ) : (
        (traced?.words ?? t('delivery.why.matchedUnknown'))
      )}
      {traced?.changedSince ? ` ${t('delivery.why.changedSince')}` : ''}
    </Text>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const id = useId();
  return (
    <section className={classes.callout} aria-labelledby={id}>
      <Title order={3} size="h4" id={id} mb={6}>
        {title}
      </Title>
      <Stack gap={6}>{children}</Stack>
    </section>
  );
}
