import { Skeleton, Stack, Tabs } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AttemptDetail } from '../../api';
import { ProblemState } from '../../list';
import { ATTEMPT_VIEWS, type AttemptView } from '../attempt-views';
import classes from '../delivery.module.css';
import { useAttempt } from '../use-delivery';
import { HeadersTab } from './headers-tab';
import { PayloadTab } from './payload-tab';
import { ResponseTab } from './response-tab';
import { TimingTab } from './timing-tab';
import { WhyTab } from './why-tab';

interface AttemptTabsProps {
  readonly attemptId: string;
  readonly view: AttemptView;
  readonly onView: (view: AttemptView) => void;
}

const TABS = { payload: PayloadTab, headers: HeadersTab, response: ResponseTab, timing: TimingTab, why: WhyTab } as const;

/** One attempt from all sides: what was sent, what came back, where the time went, and why. */
export function AttemptTabs({ attemptId, view, onView }: AttemptTabsProps) {
  const { t } = useTranslation();
  const attempt = useAttempt(attemptId);
  if (attempt.error && !attempt.data) return <ProblemState error={attempt.error} onRetry={() => void attempt.refetch()} />;
  return (
    <Tabs value={view} onChange={(chosen) => onView((chosen as AttemptView | null) ?? 'payload')} keepMounted={false}>
      <Tabs.List className={classes.tabs} aria-label={t('delivery.view.label', { number: attempt.data?.attempt ?? '' })}>
        {ATTEMPT_VIEWS.map((each) => (
          <Tabs.Tab key={each} value={each} px="sm">
            {t(`delivery.view.${each}`)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {ATTEMPT_VIEWS.map((each) => (
        <Tabs.Panel key={each} value={each} pt="md">
          {attempt.data ? <Shown view={each} attempt={attempt.data} /> : <TabSkeleton />}
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}

function Shown({ view, attempt }: { readonly view: AttemptView; readonly attempt: AttemptDetail }) {
  const Tab = TABS[view];
  // Another attempt is another text to read from its beginning.
  return <Tab key={attempt.id} attempt={attempt} />;
}

function TabSkeleton() {
  return (
    <Stack aria-hidden>
      <Skeleton height={24} width="40%" />
      <Skeleton height={220} radius="md" />
    </Stack>
  );
}
