import { ActionIcon, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { headerNameFault, headerValueFault } from '../header-rules';
import { pairRow, type PairRow } from '../form-values';
import type { FormOf } from './of-fields';
import classes from './fields.module.css';

interface PairsEditorProps {
  readonly form: FormOf<readonly []>;
  readonly path: 'headers' | 'auth.headers' | 'metadata';
  readonly rows: readonly PairRow[];
  /** What a row is called: `webhookForm.pairs.<kind>.…`. */
  readonly kind: 'header' | 'metadata';
  readonly secret?: boolean;
}

/** Rows of a name and a value. A header's reserved name is refused as soon as it is written. */
export function PairsEditor({ form, path, rows, kind, secret = false }: PairsEditorProps) {
  const { t } = useTranslation();
  const list = useRef<HTMLDivElement>(null);
  const addButton = useRef<HTMLButtonElement>(null);
  const focusName = (index: number) =>
    requestAnimationFrame(() => list.current?.querySelectorAll<HTMLInputElement>('[data-pair-name]')[index]?.focus());

  const add = () => {
    form.insertListItem(path, pairRow());
    focusName(rows.length);
  };
  const remove = (index: number) => {
    form.removeListItem(path, index);
    // What had the focus is gone: the row that took its place gets it, or the button below.
    if (rows.length > 1) focusName(Math.min(index, rows.length - 2));
    else addButton.current?.focus();
  };
  const liveFault = ({ name, value }: PairRow, index: number, part: 'name' | 'value') => {
    if (kind !== 'header' || name.trim() === '') return undefined;
    const others = rows.slice(0, index).map((row) => row.name.trim());
    const fault = part === 'name' ? headerNameFault(name.trim(), others) : headerValueFault(name.trim(), value);
    return fault && t(`webhookForm.fault.${fault}`);
  };

  return (
    <Stack gap="xs" ref={list}>
      {rows.map((row, index) => (
        <div key={row.key} className={classes.pair}>
          <TextInput
            {...form.getInputProps(`${path}.${index}.name`)}
            error={form.errors[`${path}.${index}.name`] ?? liveFault(row, index, 'name')}
            data-pair-name
            aria-label={t(`webhookForm.pairs.${kind}.name`, { row: index + 1 })}
            placeholder={t(`webhookForm.pairs.${kind}.namePlaceholder`)}
            classNames={{ input: classes.mono }}
            autoComplete="off"
            spellCheck={false}
          />
          <TextInput
            {...form.getInputProps(`${path}.${index}.value`)}
            error={form.errors[`${path}.${index}.value`] ?? liveFault(row, index, 'value')}
            aria-label={t(`webhookForm.pairs.${kind}.value`, { row: index + 1 })}
            placeholder={t('webhookForm.pairs.valuePlaceholder')}
            classNames={{ input: classes.mono }}
            type={secret ? 'password' : 'text'}
            autoComplete={secret ? 'new-password' : 'off'}
            spellCheck={false}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            size="input-sm"
            onClick={() => remove(index)}
            aria-label={t(`webhookForm.pairs.${kind}.remove`, { name: row.name || index + 1 })}
          >
            <IconTrash size={16} aria-hidden />
          </ActionIcon>
        </div>
      ))}
      {form.errors[path] ? (
        <Text size="sm" c="red" role="alert">
          {form.errors[path]}
        </Text>
      ) : null}
      <Group>
        <Button ref={addButton} variant="light" size="xs" leftSection={<IconPlus size={14} aria-hidden />} onClick={add} data-path={path}>
          {t(`webhookForm.pairs.${kind}.add`)}
        </Button>
      </Group>
    </Stack>
  );
}
