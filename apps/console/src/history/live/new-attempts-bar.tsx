import { UnstyledButton } from '@mantine/core';
import { IconArrowUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from '../history.module.css';
import type { NewAttempts } from './new-attempts';

interface NewAttemptsBarProps {
  readonly news: NewAttempts;
  readonly onShow: () => void;
}

/** “12 new”: the list stays still until one asks for them. */
export function NewAttemptsBar({ news: { waiting, more }, onShow }: NewAttemptsBarProps) {
  const { t } = useTranslation();
  const count = waiting.length;
  const words = count === 0 ? t('history.live.newSome') : t(more ? 'history.live.newMore' : 'history.live.new', { count });
  return (
    <div role="status">
      {count > 0 || more ? (
        <UnstyledButton className={classes.news} onClick={onShow} data-new-attempts={count}>
          <IconArrowUp size={15} aria-hidden />
          {words}
          <span>· {t('history.live.show')}</span>
        </UnstyledButton>
      ) : null}
    </div>
  );
}
