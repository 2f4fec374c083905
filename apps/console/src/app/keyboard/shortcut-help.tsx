import { Kbd, Modal, Table } from '@mantine/core';
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

interface Help {
  readonly opened: boolean;
  readonly open: () => void;
  readonly close: () => void;
}

const HelpContext = createContext<Help | undefined>(undefined);

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

export function ShortcutHelpProvider({ children }: { readonly children: ReactNode }) {
  const [opened, setOpened] = useState(false);
  const help = useMemo(() => ({ opened, open: () => setOpened(true), close: () => setOpened(false) }), [opened]);
  return <HelpContext.Provider value={help}>{children}</HelpContext.Provider>;
}

export function useShortcutHelp(): Help {
  const help = useContext(HelpContext);
  if (!help) throw new Error('outside the shell');
  return help;
}

export function ShortcutHelp() {
  const { t } = useTranslation();
  const { opened, close } = useShortcutHelp();
  return (
    <Modal opened={opened} onClose={close} title={t('app.keyboard.title')} closeButtonProps={{ 'aria-label': t('shown.close') }}>
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
    </Modal>
  );
}
