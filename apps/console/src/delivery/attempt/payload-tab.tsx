import { Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AttemptDetail } from '../../api';
import { CodeView, MethodChip } from '../../shown';
import { sizeText } from '../measures';
import { isJson, prettyJson } from '../pretty-json';

/** The request line and the body, laid out or as it was sent. */
export function PayloadTab({ attempt: { request } }: { readonly attempt: AttemptDetail }) {
  const { t } = useTranslation();
  const [layout, setLayout] = useState<'pretty' | 'raw'>('pretty');
  const { method, url, body, bodyState } = request;
  const json = body !== null && isJson(body);
  return (
    <Stack gap="sm">
      <Group gap="xs" wrap="nowrap" align="flex-start">
        <MethodChip method={method} />
        <Text span ff="monospace" size="sm" style={{ overflowWrap: 'anywhere' }}>
          {url}
        </Text>
      </Group>
      {body === null ? (
        <Text c="dimmed">{bodyState === 'gone' ? t('delivery.payload.gone') : t('delivery.payload.none', { method })}</Text>
      ) : (
        <>
          <Group justify="space-between" gap="xs">
            <Text size="sm" c="dimmed">
              {contentTypeOf(request.headers)} · {sizeText(body)}
            </Text>
            {json ? (
              <SegmentedControl
                size="xs"
                aria-label={t('delivery.payload.layout')}
                value={layout}
                onChange={(chosen) => setLayout(chosen)}
                data={(['pretty', 'raw'] as const).map((value) => ({ value, label: t(`delivery.payload.${value}`) }))}
              />
            ) : null}
          </Group>
          <CodeView
            text={layout === 'pretty' ? prettyJson(body) : body}
            label={t('delivery.payload.body')}
            language={json ? 'json' : 'text'}
            maxHeight="60vh"
          />
        </>
      )}
    </Stack>
  );
}

function contentTypeOf(headers: Readonly<Record<string, string>>): string {
  return Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
}
