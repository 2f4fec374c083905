import { Group, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { consoleSettings } from './console-settings';

interface PageProps {
  readonly title: string;
  /** One sentence on what this page is for. */
  readonly hint?: ReactNode;
  /** The page's buttons, the primary one last. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A page: its heading, which names the tab of the browser too, its buttons on the right, and what is on it. */
export function Page({ title, hint, actions, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · ${consoleSettings.title}`;
  }, [title]);
  return (
    <Stack gap="lg">
      <Group justify="space-between" align="flex-start" gap="md">
        <div>
          <Title order={1} size="h2">
            {title}
          </Title>
          {hint ? (
            <Text c="dimmed" mt={2}>
              {hint}
            </Text>
          ) : null}
        </div>
        {actions ? <Group gap="xs">{actions}</Group> : null}
      </Group>
      {children}
    </Stack>
  );
}
