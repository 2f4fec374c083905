import { Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './list.module.css';

interface StateNoticeProps {
  readonly icon?: ReactNode;
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
  /** `alert` for what went wrong, which is read out at once. */
  readonly role?: 'alert' | 'status';
  /** 1 where nothing else heads the page. */
  readonly headingOrder?: 1 | 2 | 3;
}

/** What stands where a list would: why there is none, and what to do about it. */
export function StateNotice({ icon, title, children, action, role = 'status', headingOrder = 2 }: StateNoticeProps) {
  return (
    <Stack className={classes.notice} align="center" gap="xs" role={role}>
      {icon ? (
        <div className={classes.noticeIcon} aria-hidden>
          {icon}
        </div>
      ) : null}
      <Title order={headingOrder} size="h4" ta="center">
        {title}
      </Title>
      {children ? (
        <Text size="md" c="dimmed" ta="center" maw={520} component="div">
          {children}
        </Text>
      ) : null}
      {action ? <div className={classes.noticeAction}>{action}</div> : null}
    </Stack>
  );
}
