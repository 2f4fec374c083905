import { Anchor, Badge, Card, Group, Stack, Text, Title } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { EventType } from '../api';
import { Page } from '../app';
import { ChoiceFilter, FilterBar, TextFilter } from '../filters';
import { ListStates } from '../list';
import { MarkedText, TimeText } from '../shown';
import { RowTable } from '../tables';
import { byModule, type ModuleGroup } from './by-module';
import { useCatalogRead } from './use-catalog-read';

/** All event types, by module. */
export function CatalogPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const search: { q?: string; module?: string } = useSearch({ strict: false });
  const catalog = useCatalogRead();
  const filter = (change: { q?: string | undefined; module?: string | undefined }) =>
    void navigate({ to: '/catalog', search: (before: object) => ({ ...before, ...change }), replace: true });
  const groups = catalog.data && { data: byModule(catalog.data.modules, catalog.data.types, search) };
  return (
    <Page title={t('catalog.title')} hint={t('catalog.hint')}>
      <FilterBar main={<TextFilter main label={t('catalog.find')} value={search.q} onChange={(q) => filter({ q })} />}>
        <ChoiceFilter
          searchable
          label={t('catalog.module')}
          value={search.module}
          onChange={(module) => filter({ module })}
          choices={(catalog.data?.modules ?? []).map(({ name, label }) => ({ value: name, label }))}
        />
      </FilterBar>
      <ListStates
        query={{ ...catalog, data: groups }}
        filtered={Object.keys(search).some((name) => name === 'q' || name === 'module')}
        onClear={() => filter({ q: undefined, module: undefined })}
        empty={{ title: t('catalog.empty.title') }}
      >
        {(page: { readonly data: readonly ModuleGroup[] }) => (
          <Stack gap={0}>
            {page.data.map((group) => (
              <ModuleSection key={group.module.name} group={group} />
            ))}
          </Stack>
        )}
      </ListStates>
    </Page>
  );
}

function ModuleSection({ group: { module, types } }: { readonly group: ModuleGroup }) {
  const { t } = useTranslation();
  return (
    <Card component="section" padding={0} radius={0} bg="transparent" aria-label={module.label}>
      <Group px="md" pt="lg" pb="xs" gap="sm" align="baseline">
        <Title order={2} size="h4">
          {module.label}
        </Title>
        <Text size="sm" c="dimmed" ff="monospace">
          {module.name}:*
        </Text>
      </Group>
      <RowTable
        label={t('catalog.table', { module: module.label })}
        rows={types}
        idOf={({ name }) => name}
        minWidth={900}
        columns={[
          { key: 'event', label: t('catalog.column.event'), width: '26%', cell: (type) => <TypeCell type={type} /> },
          {
            key: 'description',
            label: t('catalog.column.description'),
            wide: true,
            cell: ({ description }) => (
              <Text size="sm">
                <MarkedText text={description} />
              </Text>
            ),
          },
          {
            key: 'subscribers',
            label: t('catalog.column.subscribers'),
            width: '11%',
            cell: ({ subscribers }) => subscribers ?? t('catalog.unknown'),
          },
          {
            key: 'volume',
            label: t('catalog.column.volume'),
            wide: true,
            width: '11%',
            cell: ({ volume7d }) => volume7d?.toLocaleString('en') ?? t('catalog.unknown'),
          },
          {
            key: 'updated',
            label: t('catalog.column.updated'),
            wide: true,
            width: '13%',
            cell: ({ updatedAt }) => <TimeText iso={updatedAt} />,
          },
        ]}
      />
    </Card>
  );
}

function TypeCell({ type: { name, label, combines, deprecated, origin } }: { readonly type: EventType }) {
  const { t } = useTranslation();
  return (
    <Stack gap={2}>
      <Group gap={6}>
        <Anchor size="sm" ff="monospace" renderRoot={(props) => <Link to="/catalog/$eventType" params={{ eventType: name }} {...props} />}>
          {name}
        </Anchor>
        {deprecated ? (
          <Badge size="sm" color="yellow">
            {t('catalog.deprecated')}
          </Badge>
        ) : null}
        {origin === 'admin' ? (
          <Badge size="sm" color="violet">
            {t('catalog.own')}
          </Badge>
        ) : null}
      </Group>
      <Text size="sm" c="dimmed">
        {label}
        {combines.length > 0 ? ` · ${t('catalog.combined', { types: combines.join(' + ') })}` : ''}
      </Text>
    </Stack>
  );
}
