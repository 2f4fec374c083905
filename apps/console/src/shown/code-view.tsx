import { Skeleton } from '@mantine/core';
import { Suspense } from 'react';
import type { CodeEditorProps } from './code-editor';
import { lazyAhead } from './lazy-ahead';

const { Component: CodeEditor, expect: expectCode } = lazyAhead(async () => (await import('./code-editor')).CodeEditor);

/** For a page that is going to show code: the editor comes while the page reads what it shows. */
export { expectCode };

/** A text shown as code, or edited as such when `onChange` is given. Its editor comes when the first one is needed. */
export function CodeView(props: CodeEditorProps) {
  return (
    <Suspense fallback={<Skeleton height={160} radius="md" />}>
      <CodeEditor {...props} />
    </Suspense>
  );
}
