import { Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CopyIcon } from './copy-icon';

interface IdTextProps {
  readonly id: string;
  /** Shows the first and last characters only; the whole is copied all the same. */
  readonly short?: boolean;
  /** Of what the page or drawer is about: the one that `c` copies. */
  readonly main?: boolean;
}

/** An id, monospaced and to be copied. */
export function IdText({ id, short = false, main = false }: IdTextProps) {
  const { t } = useTranslation();
  return (
    <Group gap={4} wrap="nowrap" component="span" display="inline-flex">
      <Text span ff="monospace" size="sm" title={short ? id : undefined} style={{ overflowWrap: 'anywhere' }}>
        {short ? shortId(id) : id}
      </Text>
      <CopyIcon text={id} label={t('shown.copyId', { id })} main={main} />
    </Group>
  );
}

const WHOLE = 16;

export function shortId(id: string): string {
  return id.length <= WHOLE ? id : `${id.slice(0, 7)}…${id.slice(-6)}`;
}
