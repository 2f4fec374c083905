import '@mantine/spotlight/styles.layer.css';
import { Text } from '@mantine/core';
import { Spotlight, spotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePaletteEntries } from './use-palette-entries';

const SIZE = 18;

/** Cmd/Ctrl-K: any place, any webhook by name, any event or delivery by id, and what can be done here. */
export function Palette({ asked }: { readonly asked: number }) {
  const { t } = useTranslation();
  const [query, setQuery] = useState('');
  // Each time that it is asked for counts: it is closed by itself.
  useEffect(() => spotlight.open(), [asked]);
  const { groups, state } = usePaletteEntries(query);
  return (
    <Spotlight.Root
      query={query}
      onQueryChange={setQuery}
      shortcut={null}
      attributes={{ content: { 'aria-label': t('app.search.open') } }}
      scrollable
      maxHeight={420}
    >
      <Spotlight.Search
        leftSection={<IconSearch size={18} aria-hidden />}
        placeholder={t('app.search.placeholder')}
        aria-label={t('app.search.open')}
        onKeyDown={openFirstOnEnter}
      />
      <Text role="status" size="sm" c="dimmed" px="md" pt={state ? 'sm' : 0}>
        {state ? t(`app.search.${state}`) : ''}
      </Text>
      <Spotlight.ActionsList>
        {groups.map(({ heading, entries }) => (
          <Spotlight.ActionsGroup key={heading} label={heading}>
            {entries.map(({ id, label, description, icon: Icon, run }) => (
              <Spotlight.Action
                key={id}
                label={label}
                {...(description === undefined ? {} : { description })}
                leftSection={<Icon size={SIZE} aria-hidden />}
                onClick={run}
                highlightQuery
              />
            ))}
          </Spotlight.ActionsGroup>
        ))}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

/** Results that came after the last letter are not selected by themselves: Enter opens the first of them. */
function openFirstOnEnter(event: KeyboardEvent<HTMLInputElement>): void {
  if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
  const actions = [...(event.currentTarget.closest('[role="dialog"]')?.querySelectorAll<HTMLElement>('.mantine-Spotlight-action') ?? [])];
  if (!actions.some((action) => action.dataset.selected)) actions[0]?.click();
}
