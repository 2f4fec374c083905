import { Badge, Group, Stack, Text } from '@mantine/core';
import { IconCircleCheck, IconHourglass } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { getLag, type GroupLag } from '../api';
import { ListStates } from '../list';
import { TimeText } from '../shown';
import { RowTable } from '../tables';

const REFRESH_MS = 5_000;

/** How far each consumer group is behind what was published. */
export function LagTab() {
  const { t, i18n } = useTranslation();
  const stateWord = (state: string) => (i18n.exists(`operator.lag.stateOf.${state}`) ? t(`operator.lag.stateOf.${state}`) : state);
  const lag = useQuery({
    queryKey: ['lag'],
    queryFn: async () => {
      const { groups, measuredAt } = (await getLag({ throwOnError: true })).data;
      return { data: groups, measuredAt };
    },
    refetchInterval: ({ state }) => (state.error ? false : REFRESH_MS),
  });
  return (
    <Stack gap="sm">
      {lag.data ? (
        <Text size="sm" c="dimmed">
          {t('operator.lag.measured', { when: '' })}
          <TimeText iso={lag.data.measuredAt} />
        </Text>
      ) : null}
      <ListStates query={lag} empty={{ title: t('operator.lag.empty') }}>
        {(page) => (
          <RowTable
            label={t('operator.lag.table')}
            rows={page.data}
            idOf={({ groupId }) => groupId}
            columns={[
              { key: 'group', label: t('operator.lag.group'), data: true, cell: ({ groupId }) => <Mono text={groupId} /> },
              { key: 'lag', label: t('operator.lag.lag'), cell: ({ lag: count }) => <LagWord count={count} /> },
              { key: 'state', label: t('operator.lag.state'), wide: true, cell: ({ state }) => stateWord(state) },
              { key: 'members', label: t('operator.lag.members'), wide: true, cell: ({ members }) => members },
              { key: 'topics', label: t('operator.lag.topics'), wide: true, data: true, cell: (group) => <Topics group={group} /> },
            ]}
          />
        )}
      </ListStates>
    </Stack>
  );
}

function LagWord({ count }: { readonly count: number }) {
  const { t } = useTranslation();
  const behind = count > 0;
  const Icon = behind ? IconHourglass : IconCircleCheck;
  return (
    <Badge miw="max-content" color={behind ? 'yellow' : 'green'} leftSection={<Icon size={13} aria-hidden />}>
      {behind ? t('operator.lag.records', { count, shown: count.toLocaleString('en') }) : t('operator.lag.upToDate')}
    </Badge>
  );
}

function Topics({ group: { topics } }: { readonly group: GroupLag }) {
  return (
    <Stack gap={2}>
      {topics.map(({ topic, lag }) => (
        <Group key={topic} gap="xs">
          <Mono text={topic} />
          <Text span size="sm" c={lag > 0 ? undefined : 'dimmed'} fw={lag > 0 ? 600 : 400}>
            {lag.toLocaleString('en')}
          </Text>
        </Group>
      ))}
    </Stack>
  );
}

function Mono({ text }: { readonly text: string }) {
  return (
    <Text span size="sm" ff="monospace">
      {text}
    </Text>
  );
}
