import { Button, type ButtonProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface ShowAllProps extends ButtonProps {
  readonly count: number;
  readonly all: boolean;
  readonly onChange: (all: boolean) => void;
  /** The id of what holds the rows. */
  readonly controls: string;
}

/** Below the first rows of a list that is read as a whole: shows the others, and takes them away again. */
export function ShowAll({ count, all, onChange, controls, ...button }: ShowAllProps) {
  const { t } = useTranslation();
  return (
    <Button variant="subtle" size="xs" {...button} aria-expanded={all} aria-controls={controls} onClick={() => onChange(!all)}>
      {all ? t('list.showFewer') : t('list.showAll', { count })}
    </Button>
  );
}
