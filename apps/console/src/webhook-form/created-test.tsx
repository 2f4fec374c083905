import { Alert } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { problemOf, type Webhook } from '../api';
import { TestResult, useTestSend } from '../webhook/testing';

/** The test of “Create and send test”, once, with its result. */
export function CreatedTest({ webhook }: { readonly webhook: Webhook }) {
  const test = useTestSend(webhook.id);
  const sent = useRef(false);
  useEffect(() => {
    // React runs effects twice in development; a receiver should get one test.
    if (sent.current) return;
    sent.current = true;
    test.send.mutate({});
  }, [test.send]);
  if (test.failure) {
    return (
      <Alert color="red" role="alert" title={problemOf(test.failure).title}>
        {problemOf(test.failure).detail}
      </Alert>
    );
  }
  return (
    <div aria-live="polite">
      <TestResult webhook={webhook} test={test} />
    </div>
  );
}
