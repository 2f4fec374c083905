import { Button, type ButtonProps, Group } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { Link, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import classes from './list.module.css';
import { pageBefore } from './page-before';

interface CursorPagesProps {
  readonly nextCursor: string | null;
}

/** Previous and next page of a list. The cursor stands in the address; an address opened anew has the first page before it. */
export function CursorPages({ nextCursor }: CursorPagesProps) {
  const { t } = useTranslation();
  const cursor = useCursor();
  if (cursor === undefined && nextCursor === null) return null;
  return (
    <nav className={classes.pages} aria-label={t('list.pages')}>
      <Group gap="xs" justify="flex-end">
        <PageLink
          leftSection={<IconChevronLeft size={14} aria-hidden />}
          disabled={cursor === undefined}
          to={cursor === undefined ? undefined : pageBefore(cursor)}
        >
          {t('list.previous')}
        </PageLink>
        <PageLink rightSection={<IconChevronRight size={14} aria-hidden />} disabled={nextCursor === null} to={nextCursor ?? undefined}>
          {t('list.next')}
        </PageLink>
      </Group>
    </nav>
  );
}

interface PageLinkProps extends ButtonProps {
  /** Undefined: the first page. */
  readonly to: string | undefined;
}

/** A link to a page of the list; a button that cannot be pressed where there is none. */
export function PageLink({ to, ...button }: PageLinkProps) {
  return (
    <Button
      variant="default"
      size="xs"
      {...button}
      renderRoot={
        button.disabled
          ? undefined
          : (props: object) => <Link to="." search={(before: object) => ({ ...before, cursor: to })} preload={false} {...props} />
      }
    />
  );
}

/** Where in the list the page that is shown begins; undefined at its beginning. */
export function useCursor(): string | undefined {
  return useSearch({ strict: false, select: ({ cursor }: { cursor?: string }) => cursor });
}
