import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DeadLetter } from '../../api';
import { StatusWord } from '../../shown';

/** Open, or published again since. */
export function LetterStatus({ letter: { status } }: { readonly letter: Pick<DeadLetter, 'status'> }) {
  const { t } = useTranslation();
  return <StatusWord status={status === 'open' ? 'failed' : 'completed'} word={t(`operator.deadLetters.status.${status}`)} />;
}

/** `orders [2] @ 4711`. */
export function LetterPlace({
  letter: { topic, partition, offset },
}: {
  readonly letter: Pick<DeadLetter, 'topic' | 'partition' | 'offset'>;
}) {
  const { t } = useTranslation();
  return (
    <Text span size="sm" ff="monospace">
      {topic === null ? t('operator.deadLetters.unknownTopic') : t('operator.deadLetters.at', { topic, partition, offset })}
    </Text>
  );
}
