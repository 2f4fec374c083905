import { Card, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';

interface FormSectionProps {
  readonly title: string;
  readonly hint?: ReactNode;
  /** Whether something of it must be chosen. */
  readonly required?: boolean;
  readonly children: ReactNode;
}

/** A titled part of the form; screen readers hear its title with its fields. */
export function FormSection({ title, hint, required = false, children }: FormSectionProps) {
  const id = useId();
  return (
    <Card component="section" withBorder padding="lg" radius="md" aria-labelledby={id}>
      <Title order={2} size="h4" id={id}>
        {title}
        {required ? (
          <Text span inherit c="red" aria-hidden>
            {' *'}
          </Text>
        ) : null}
      </Title>
      {hint ? (
        <Text size="sm" c="dimmed" mt={4}>
          {hint}
        </Text>
      ) : null}
      <Stack mt="md" gap="md">
        {children}
      </Stack>
    </Card>
  );
}
