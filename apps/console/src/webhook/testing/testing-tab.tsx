import { Card, Title } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Webhook } from '../../api';
import { Allowed, ScopeRequired } from '../../app';
import { SignatureDebugger } from './signature-debugger';
import { SendTest } from './send-test';
import classes from './testing.module.css';

/** To try the endpoint out: a test with its result at once, and help with signatures that do not match. */
export function TestingTab({ webhook }: { readonly webhook: Webhook }) {
  const { t } = useTranslation();
  const [testId, debuggerId] = [useId(), useId()];
  return (
    <div className={classes.columns}>
      <Card component="section" withBorder padding="lg" radius="md" aria-labelledby={testId}>
        <Title order={2} size="h4" id={testId} mb="sm">
          {t('webhook.test.title')}
        </Title>
        <Allowed scope="webhooks:write" otherwise={<ScopeRequired scope="webhooks:write" headingOrder={3} />}>
          <SendTest webhook={webhook} />
        </Allowed>
      </Card>
      <Card component="section" withBorder padding="lg" radius="md" aria-labelledby={debuggerId}>
        <Title order={2} size="h4" id={debuggerId} mb="sm">
          {t('webhook.debugger.title')}
        </Title>
        <SignatureDebugger />
      </Card>
    </div>
  );
}
