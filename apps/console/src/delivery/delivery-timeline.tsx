import { Text, UnstyledButton } from '@mantine/core';
import { IconBan, IconBolt, IconCheck, IconClock, IconFlag, IconRoute, IconX } from '@tabler/icons-react';
import type { ComponentType, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeliveryDetail } from '../api';
import { TimeText } from '../shown';
import { Countdown } from './countdown';
import classes from './delivery.module.css';
import { useErrorWords } from './failure-words';
import { durationText } from './measures';
import { timelineOf, type TimelineStep } from './timeline';

interface DeliveryTimelineProps {
  readonly delivery: DeliveryDetail;
  /** The attempt that is shown beside it. */
  readonly shown: string | undefined;
  readonly onShow: (attemptId: string) => void;
}

/** Published → routed → attempt 1 … n → what comes next. An attempt is shown when it is chosen here. */
export function DeliveryTimeline({ delivery, shown, onShow }: DeliveryTimelineProps) {
  const { t } = useTranslation();
  return (
    <ol className={classes.timeline} aria-label={t('delivery.timeline.label')}>
      {timelineOf(delivery).map((step) =>
        step.kind === 'attempt' ? (
          <AttemptStep key={step.attempt.id} attempt={step.attempt} shown={step.attempt.id === shown} onShow={onShow} />
        ) : (
          <OtherStep key={step.kind} step={step} />
        ),
      )}
    </ol>
  );
}

interface AttemptStepProps {
  readonly attempt: DeliveryDetail['timeline'][number];
  readonly shown: boolean;
  readonly onShow: (attemptId: string) => void;
}

function AttemptStep({
  attempt: { id, attempt, status, statusCode, errorClass, durationMs, attemptedAt, trigger },
  shown,
  onShow,
}: AttemptStepProps) {
  const { t } = useTranslation();
  const errorWords = useErrorWords();
  const word = t(`shown.status.${status}`);
  const result = statusCode === null ? errorWords(errorClass) : String(statusCode);
  return (
    <Step icon={status === 'succeeded' ? IconCheck : IconX} result={status}>
      <UnstyledButton className={classes.stepText} aria-pressed={shown} onClick={() => onShow(id)}>
        <Text span fw={600} size="sm">
          {t('delivery.timeline.attempt', { number: attempt })}
        </Text>{' '}
        <Text span size="sm" c={status === 'succeeded' ? 'green' : 'red'} fw={500}>
          {word}
        </Text>
        <Text size="sm" c="dimmed">
          {result} · <span className={classes.nowrap}>{durationText(durationMs)}</span>
          {trigger === 'event' || trigger === 'retry' ? '' : ` · ${t(`delivery.trigger.${trigger}`)}`}
        </Text>
      </UnstyledButton>
      <Text size="xs" c="dimmed" className={classes.stepTime}>
        <TimeText iso={attemptedAt} />
      </Text>
    </Step>
  );
}

function OtherStep({ step }: { readonly step: Exclude<TimelineStep, { kind: 'attempt' }> }) {
  const { t } = useTranslation();
  switch (step.kind) {
    case 'published':
      return (
        <Told
          icon={IconBolt}
          words={t('delivery.timeline.published')}
          detail={t('delivery.timeline.publishedBy', { source: step.source })}
          at={step.at}
        />
      );
    case 'routed':
      return <Told icon={IconRoute} words={t('delivery.timeline.routed')} at={step.at} />;
    case 'waiting':
      return (
        <Told
          icon={IconClock}
          result="next"
          words={t('delivery.timeline.waiting', { number: step.attempt })}
          detail={t('delivery.timeline.waitingWhy')}
        />
      );
    case 'next':
      return (
        <Told
          icon={IconClock}
          result="next"
          words={t('delivery.timeline.next', { number: step.attempt })}
          detail={<Countdown until={step.at} />}
          at={step.at}
        />
      );
    case 'ended':
      return (
        <Told
          icon={step.state === 'discarded' ? IconBan : IconFlag}
          result={step.state}
          words={t(`delivery.timeline.ended.${step.state}`)}
          detail={
            step.reason ? t(`delivery.reason.${step.reason}`) : step.state === 'failed' ? t('delivery.timeline.exhausted') : undefined
          }
          at={step.at}
        />
      );
  }
}

interface ToldProps {
  readonly icon: ComponentType<{ size?: number }>;
  readonly words: string;
  readonly detail?: ReactNode;
  readonly at?: string;
  readonly result?: string;
}

function Told({ icon, words, detail, at, result }: ToldProps) {
  return (
    <Step icon={icon} result={result}>
      <div className={classes.stepText}>
        <Text size="sm" fw={500}>
          {words}
        </Text>
        {detail ? (
          <Text size="sm" c="dimmed" component="div">
            {detail}
          </Text>
        ) : null}
        {at ? (
          <Text size="xs" c="dimmed">
            <TimeText iso={at} />
          </Text>
        ) : null}
      </div>
    </Step>
  );
}

function Step({
  icon: Icon,
  result,
  children,
}: {
  readonly icon: ComponentType<{ size?: number }>;
  readonly result: string | undefined;
  readonly children: ReactNode;
}) {
  return (
    <li className={classes.step}>
      <span className={classes.dot} data-result={result} aria-hidden>
        <Icon size={14} />
      </span>
      {children}
    </li>
  );
}
