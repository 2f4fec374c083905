import { Button, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { exportAttempts, problemOf } from '../api';
import { saveFile } from '../shown';
import { exportFileName } from './export-file';
import { attemptsQuery, type HistoryFilters } from './history-search';

interface ExportMenuProps {
  readonly webhook: { readonly id: string; readonly name: string };
  readonly filters: HistoryFilters;
}

const FORMATS = ['csv', 'ndjson'] as const;

/** All that matches the filters as a file, made by the server. */
export function ExportMenu({ webhook, filters }: ExportMenuProps) {
  const { t } = useTranslation();
  const save = useMutation({
    mutationFn: async (format: (typeof FORMATS)[number]) => {
      const query = { ...attemptsQuery(filters), format, limit: undefined, cursor: undefined };
      // A long file takes the time that it takes: without the limit of other calls.
      const { data } = await exportAttempts({ path: { id: webhook.id }, query, parseAs: 'blob', fetch, throwOnError: true });
      const name = exportFileName(webhook.name, format, new Date());
      saveFile(name, data as unknown as Blob);
      return name;
    },
    onSuccess: (file) => notifications.show({ message: t('history.export.done', { file }) }),
    onError: (error) => notifications.show({ color: 'red', title: t('history.export.failed'), message: problemOf(error).detail }),
  });
  return (
    <Menu position="bottom-end" shadow="md">
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={16} aria-hidden />} loading={save.isPending}>
          {t('history.export.action')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('history.export.hint')}</Menu.Label>
        {FORMATS.map((format) => (
          <Menu.Item key={format} onClick={() => save.mutate(format)}>
            {t(`history.export.${format}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
