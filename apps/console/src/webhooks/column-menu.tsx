import { Button, Menu } from '@mantine/core';
import { useLocalStorage, useMediaQuery } from '@mantine/hooks';
import { IconColumns3 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type Column, type ColumnId, COLUMNS } from './webhook-columns';

const NARROW: readonly ColumnId[] = ['name', 'status'];

/** The columns that are shown, the optional ones as this browser remembers them. */
export function useColumns() {
  const [chosen, setChosen] = useLocalStorage<readonly ColumnId[]>({ key: 'hookstream.webhooks.columns', defaultValue: [] });
  // A table that is pushed to and fro under a thumb shows less than one that fits.
  const narrow = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  const columns: readonly Column[] = COLUMNS.filter(({ id, optional }) =>
    optional ? chosen.includes(id) : !narrow || NARROW.includes(id),
  );
  const toggle = (id: ColumnId) => setChosen(chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id]);
  return { columns, chosen, toggle, narrow };
}

export function ColumnMenu({ chosen, toggle }: Pick<ReturnType<typeof useColumns>, 'chosen' | 'toggle'>) {
  const { t } = useTranslation();
  return (
    <Menu closeOnItemClick={false} position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<IconColumns3 size={16} aria-hidden />}>
          {t('webhooks.columns')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {COLUMNS.filter(({ optional }) => optional).map(({ id }) => (
          <Menu.CheckboxItem key={id} checked={chosen.includes(id)} onChange={() => toggle(id)}>
            {t(`webhooks.column.${id}`)}
          </Menu.CheckboxItem>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
