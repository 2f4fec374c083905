import { ActionIcon, Badge, Checkbox, Collapse, Group, Text, TextInput } from '@mantine/core';
import { IconChevronDown, IconChevronRight, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toggleAll, toggleModule } from '../event-choice';
import { ALL, chosenCount, moduleChoice, searchTree, type TreeModule } from '../event-tree';
import { EventTypeRow } from './event-type-row';
import classes from './fields.module.css';

interface EventTreePickerProps {
  readonly tree: readonly TreeModule[];
  readonly events: readonly string[];
  readonly module: string;
  readonly invalid: boolean;
  readonly onChange: (events: string[]) => void;
}

/** All events by module, to be ticked: single types, whole modules with what they will get, or everything. */
export function EventTreePicker({ tree, events, module, invalid, onChange }: EventTreePickerProps) {
  const { t } = useTranslation();
  const [query, setQuery] = useState('');
  const [folded, setFolded] = useState<readonly string[]>([]);
  const shown = searchTree(tree, query, module);
  const all = events.includes(ALL);

  return (
    <div className={`${classes.tree} ${invalid ? classes.treeInvalid : ''}`}>
      <TextInput
        value={query}
        onChange={(event) => setQuery(event.currentTarget.value)}
        leftSection={<IconSearch size={16} aria-hidden />}
        placeholder={t('webhookForm.events.search')}
        aria-label={t('webhookForm.events.search')}
        variant="unstyled"
        px="xs"
        data-path="events"
      />
      <ul className={classes.treeList}>
        {query === '' && module === '' ? (
          <li className={classes.treeModule}>
            <div className={classes.treeHead}>
              <Checkbox
                checked={all}
                onChange={() => onChange(toggleAll(tree, events))}
                label={t('webhookForm.events.all')}
                description={t('webhookForm.events.allHint')}
                className={classes.grow}
              />
            </div>
          </li>
        ) : null}
        {shown.map((each) => {
          const whole = tree.find(({ name }) => name === each.name)!;
          const open = query !== '' || module !== '' || !folded.includes(each.name);
          const choice = moduleChoice(whole, events);
          const chosen = chosenCount([whole], events);
          const plain = whole.types.filter(({ combines }) => combines.length === 0).length;
          return (
            <li key={each.name} className={classes.treeModule}>
              <div className={classes.treeHead}>
                <Checkbox
                  checked={choice === 'on' || choice === 'all'}
                  indeterminate={choice === 'some'}
                  onChange={() => onChange(toggleModule(tree, whole, events))}
                  label={
                    <Group gap="xs">
                      <Text component="span" fw={600}>
                        {each.label}
                      </Text>
                      <Badge component="span" miw="max-content" variant="light" color={chosen > 0 ? 'blue' : 'gray'} size="sm" tt="none">
                        {choice === 'on' ? `${each.name}:*` : t('webhookForm.events.chosen', { chosen, count: plain })}
                      </Badge>
                    </Group>
                  }
                  className={classes.grow}
                />
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-expanded={open}
                  aria-label={t('webhookForm.events.unfold', { module: each.label })}
                  onClick={() =>
                    setFolded(folded.includes(each.name) ? folded.filter((name) => name !== each.name) : [...folded, each.name])
                  }
                >
                  {open ? <IconChevronDown size={16} aria-hidden /> : <IconChevronRight size={16} aria-hidden />}
                </ActionIcon>
              </div>
              <Collapse expanded={open}>
                <ul className={classes.treeTypes}>
                  {each.types.map((type) => (
                    <EventTypeRow key={type.name} tree={tree} module={whole} type={type} events={events} onChange={onChange} />
                  ))}
                </ul>
              </Collapse>
            </li>
          );
        })}
      </ul>
      {shown.length === 0 ? (
        <Text size="sm" c="dimmed" p="md" role="status">
          {t('webhookForm.events.none', { query })}
        </Text>
      ) : null}
    </div>
  );
}
