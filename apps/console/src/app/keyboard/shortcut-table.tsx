import { Kbd, Table } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../shown';

const SHORTCUTS = [
  ['?', 'help'],
  ['Ctrl/⌘ K', 'palette'],
  ['/', 'filter'],
  ['j', 'nextRow'],
  ['k', 'previousRow'],
  ['Enter', 'openRow'],
  ['Esc', 'close'],
  ['r', 'redeliver'],
  ['c', 'copyId'],
  ['[', 'previous'],
  [']', 'next'],
] as const;

interface ShortcutTableProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** All shortcuts and what they do. */
export function ShortcutTable({ opened, onClose }: ShortcutTableProps) {
  const { t } = useTranslation();
  // A dialog gives the focus back to what had it when it opened, which it only sees if it was there, closed, before.
  const [shown, setShown] = useState(false);
  useEffect(() => setShown(opened), [opened]);
  return (
    <Dialog opened={shown} onClose={onClose} title={t('app.keyboard.title')}>
      <Table verticalSpacing={6} aria-label={t('app.keyboard.title')}>
        <Table.Tbody>
          {SHORTCUTS.map(([keys, what]) => (
            <Table.Tr key={what}>
              <Table.Th scope="row" w={120}>
                <Kbd>{keys}</Kbd>
              </Table.Th>
              <Table.Td>{t(`app.keyboard.${what}`)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Dialog>
  );
}
