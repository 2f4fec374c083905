import { Button, Group } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useLocation, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import classes from './list.module.css';

interface CursorPagesProps {
  readonly nextCursor: string | null;
}

/**
 * Previous and next page of a list. The cursor stands in the address; those of the pages before are kept beside it, in the
 * history entry, since a cursor only leads forward. Without them (an address opened anew) Previous leads to the first page.
 */
export function CursorPages({ nextCursor }: CursorPagesProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { search, state } = useLocation();
  const cursor = (search as { cursor?: string }).cursor;
  const trail = (state as { cursorTrail?: readonly string[] }).cursorTrail ?? [];
  if (cursor === undefined && nextCursor === null) return null;

  const open = (to: string | undefined, cursorTrail: readonly string[]) =>
    void navigate({
      to: '.',
      search: (before: object) => ({ ...before, cursor: to }),
      state: (before) => ({ ...before, cursorTrail }) as never,
    });

  return (
    <nav className={classes.pages} aria-label={t('list.pages')}>
      <Group gap="xs" justify="flex-end">
        <Button
          variant="default"
          size="xs"
          leftSection={<IconChevronLeft size={14} aria-hidden />}
          disabled={cursor === undefined}
          onClick={() => open(trail.at(-1), trail.slice(0, -1))}
        >
          {t('list.previous')}
        </Button>
        <Button
          variant="default"
          size="xs"
          rightSection={<IconChevronRight size={14} aria-hidden />}
          disabled={nextCursor === null}
          onClick={() => open(nextCursor ?? undefined, cursor === undefined ? [] : [...trail, cursor])}
        >
          {t('list.next')}
        </Button>
      </Group>
    </nav>
  );
}
