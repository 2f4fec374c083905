import { Button, Group, Select, Stack, TextInput } from '@mantine/core';
import { IconCalendar } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog, useTimeFormat, useZone } from '../shown';
import { fieldOf, RANGE_NAMES, timeOfField, type TimeRange } from './time-range';

interface TimeFilterProps {
  readonly value: TimeRange;
  readonly onChange: (value: { readonly [Name in keyof TimeRange]: TimeRange[Name] | undefined }) => void;
}

const CUSTOM = 'custom';

/** The last hour, day, week or month, or between two times. */
export function TimeFilter({ value, onChange }: TimeFilterProps) {
  const { t } = useTranslation();
  const { clock } = useTimeFormat();
  const [asking, setAsking] = useState(false);
  const isCustom = value.from !== undefined || value.to !== undefined;
  const custom = isCustom ? `${value.from ? clock(value.from) : '…'} – ${value.to ? clock(value.to) : '…'}` : t('filters.custom');
  return (
    <>
      <Select
        value={value.range ?? (isCustom ? CUSTOM : null)}
        onChange={(chosen) => {
          if (chosen === CUSTOM) setAsking(true);
          else onChange({ range: chosen ?? undefined, from: undefined, to: undefined });
        }}
        onOptionSubmit={(chosen) => {
          if (chosen === CUSTOM) setAsking(true);
        }}
        allowDeselect={false}
        data={[...RANGE_NAMES.map((name) => ({ value: name, label: t(`filters.last.${name}`) })), { value: CUSTOM, label: custom }]}
        leftSection={<IconCalendar size={16} aria-hidden />}
        placeholder={t('filters.anyTime')}
        aria-label={t('filters.time')}
        clearable
        clearButtonProps={{ 'aria-label': t('filters.clear', { filter: t('filters.time') }) }}
        comboboxProps={{ shadow: 'md' }}
      />
      {asking ? (
        <BetweenDialog
          value={value}
          onClose={() => setAsking(false)}
          onApply={(range) => {
            setAsking(false);
            onChange({ range: undefined, ...range });
          }}
        />
      ) : null}
    </>
  );
}

interface BetweenDialogProps {
  readonly value: TimeRange;
  readonly onClose: () => void;
  readonly onApply: (range: { readonly from: string | undefined; readonly to: string | undefined }) => void;
}

function BetweenDialog({ value, onClose, onApply }: BetweenDialogProps) {
  const { t } = useTranslation();
  const { zone } = useZone();
  const [from, setFrom] = useState(fieldOf(value.from, zone));
  const [to, setTo] = useState(fieldOf(value.to, zone));
  const field = (label: string, text: string, set: (text: string) => void) => (
    <TextInput
      type="datetime-local"
      label={`${label} (${t(`filters.${zone}`)})`}
      value={text}
      onChange={({ currentTarget }) => set(currentTarget.value)}
    />
  );
  return (
    <Dialog opened onClose={onClose} title={t('filters.between')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onApply({ from: timeOfField(from, zone), to: timeOfField(to, zone) });
        }}
      >
        <Stack>
          {field(t('filters.from'), from, setFrom)}
          {field(t('filters.to'), to, setTo)}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('shown.cancel')}
            </Button>
            <Button type="submit">{t('filters.apply')}</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
