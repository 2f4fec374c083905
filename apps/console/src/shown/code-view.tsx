import { Skeleton } from '@mantine/core';
import { lazy, Suspense } from 'react';
import type { CodeEditorProps } from './code-editor';

const CodeEditor = lazy(() => import('./code-editor').then(({ CodeEditor: component }) => ({ default: component })));

/** A text shown as code, or edited as such when `onChange` is given. Its editor comes when the first one is needed. */
export function CodeView(props: CodeEditorProps) {
  return (
    <Suspense fallback={<Skeleton height={160} radius="md" />}>
      <CodeEditor {...props} />
    </Suspense>
  );
}
