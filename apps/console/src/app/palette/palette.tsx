import '@mantine/spotlight/styles.layer.css';
import { Spotlight, spotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePaletteActions } from './use-palette-actions';

/** Cmd/Ctrl-K: any place, any webhook by name, any event or delivery by id, and what can be done here. */
export function Palette({ asked }: { readonly asked: number }) {
  const { t } = useTranslation();
  const [query, setQuery] = useState('');
  // Each time that it is asked for counts: it is closed by itself.
  useEffect(() => spotlight.open(), [asked]);
  const { actions, searching, failed } = usePaletteActions(query);
  return (
    <Spotlight
      actions={actions}
      query={query}
      onQueryChange={setQuery}
      shortcut={null}
      nothingFound={t(`app.search.${searching ? 'searching' : failed ? 'failed' : 'nothing'}`)}
      highlightQuery
      attributes={{ content: { 'aria-label': t('app.search.open') } }}
      scrollable
      maxHeight={420}
      searchProps={{
        leftSection: <IconSearch size={18} aria-hidden />,
        placeholder: t('app.search.placeholder'),
        'aria-label': t('app.search.open'),
        onKeyDown: openFirstOnEnter,
      }}
    />
  );
}

/** Results that came after the last letter are not selected by themselves: Enter opens the first of them. */
function openFirstOnEnter(event: KeyboardEvent<HTMLInputElement>): void {
  if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
  const actions = [...(event.currentTarget.closest('[role="dialog"]')?.querySelectorAll<HTMLElement>('.mantine-Spotlight-action') ?? [])];
  if (!actions.some((action) => action.dataset.selected)) actions[0]?.click();
}
