import { Table, VisuallyHidden } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useDeferredValue } from 'react';
import { useTranslation } from 'react-i18next';
import type { Attempt } from '../api';
import { useQueuedDeliveries } from '../delivery';
import { AttemptRow } from './attempt-row';
import classes from './history.module.css';

interface AttemptTableProps {
  readonly attempts: readonly Attempt[];
  readonly open: string | undefined;
}

const COLUMNS = ['event', 'attempted', 'code', 'status', 'attempts', 'next', 'duration', 'details'] as const;
const NARROW = ['event', 'status', 'details'] as const;
/** As many rows as a screen has room for. */
const IN_SIGHT = 15;

/** One row per attempt. On a narrow screen a row says in its first cell what has no column of its own. */
export function AttemptTable({ attempts, open }: AttemptTableProps) {
  const { t } = useTranslation();
  const narrow = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  const queued = useQueuedDeliveries();
  const latest = latestOf(attempts);
  // Those in sight at once; all the others, and those of another page, piece by piece, so that nothing is held up meanwhile.
  const shown = useDeferredValue(attempts, attempts.slice(0, IN_SIGHT));
  return (
    <Table.ScrollContainer minWidth={narrow ? 300 : 980} type="native">
      <Table className={classes.table} highlightOnHover horizontalSpacing={narrow ? 'xs' : 'md'} aria-label={t('history.table')}>
        <Table.Thead>
          <Table.Tr>
            {(narrow ? NARROW : COLUMNS).map((column) => (
              <Table.Th key={column} scope="col">
                {narrow && column === 'details' ? (
                  <VisuallyHidden>{t(`history.column.${column}`)}</VisuallyHidden>
                ) : (
                  t(`history.column.${column}`)
                )}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {shown.map((attempt) => (
            <AttemptRow
              key={attempt.id}
              attempt={attempt}
              narrow={narrow}
              isOpen={attempt.id === open}
              isQueued={queued.has(attempt.deliveryId) && latest.get(attempt.deliveryId) === attempt.id}
            />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

/** Of each delivery the newest attempt in the list: the one that “queued” is said of. */
function latestOf(attempts: readonly Attempt[]): ReadonlyMap<string, string> {
  const latest = new Map<string, string>();
  for (const { deliveryId, id } of attempts) if (!latest.has(deliveryId)) latest.set(deliveryId, id);
  return latest;
}
