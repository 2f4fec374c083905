import { Badge, Checkbox, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { MarkedText } from '../../shown';
import { toggleType } from '../event-choice';
import { combinedBy, type TreeModule, type TreeType, typeChoice } from '../event-tree';
import classes from './fields.module.css';

interface EventTypeRowProps {
  readonly tree: readonly TreeModule[];
  readonly module: TreeModule;
  readonly type: TreeType;
  readonly events: readonly string[];
  readonly onChange: (events: string[]) => void;
}

/** One event type. One that a combined type brings along is ticked already and says by which. */
export function EventTypeRow({ tree, module, type, events, onChange }: EventTypeRowProps) {
  const { t } = useTranslation();
  const choice = typeChoice(module, type, events);
  const by = choice === 'combined' ? combinedBy(module, type, events) : undefined;
  const note = by ? t('webhookForm.events.includedIn', { type: by.name }) : <MarkedText text={type.description} />;
  return (
    <li className={classes.treeType}>
      <Checkbox
        checked={choice !== 'off'}
        disabled={choice === 'combined'}
        onChange={() => onChange(toggleType(tree, module, type, events))}
        size="sm"
        label={
          <Group gap={8} wrap="wrap">
            <Text component="span" className={classes.mono}>
              {type.name}
            </Text>
            <Text component="span" size="sm" c="dimmed">
              {type.label}
            </Text>
            {type.combines.length > 0 ? (
              <Badge component="span" variant="light" color="grape" size="xs" tt="none">
                {t('webhookForm.events.combined')}
              </Badge>
            ) : null}
            {type.deprecated ? (
              <Badge component="span" variant="light" color="orange" size="xs" tt="none">
                {t('webhookForm.events.deprecated')}
              </Badge>
            ) : null}
          </Group>
        }
        description={type.combines.length > 0 ? t('webhookForm.events.means', { types: type.combines.join(' + ') }) : note}
      />
    </li>
  );
}
