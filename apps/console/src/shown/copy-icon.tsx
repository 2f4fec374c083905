import { ActionIcon, Tooltip, VisuallyHidden } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconCopy } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { copyText } from './use-copy';

interface CopyIconProps {
  readonly text: string;
  /** What is copied, for those who do not see where the button stands: “Copy the URL”. */
  readonly label: string;
  /** The one that `c` presses: it copies the id of what is shown. */
  readonly main?: boolean;
}

const SHOWN_MS = 1500;

export function CopyIcon({ text, label, main = false }: CopyIconProps) {
  const { t } = useTranslation();
  const [outcome, setOutcome] = useState<'copied' | 'notCopied'>();
  useEffect(() => {
    if (outcome === undefined) return undefined;
    const timer = setTimeout(() => setOutcome(undefined), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [outcome]);
  const Icon = outcome === 'copied' ? IconCheck : outcome === 'notCopied' ? IconAlertTriangle : IconCopy;
  return (
    <>
      <Tooltip label={outcome ? t(`shown.${outcome}`) : label} {...(outcome ? { opened: true } : {})}>
        <ActionIcon
          variant="subtle"
          color={outcome === 'notCopied' ? 'red' : 'gray'}
          size={24}
          aria-label={label}
          data-key={main ? 'c' : undefined}
          onClick={(event) => {
            event.stopPropagation();
            void copyText(text).then((copied) => setOutcome(copied ? 'copied' : 'notCopied'));
          }}
        >
          <Icon size={15} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <VisuallyHidden role="status">{outcome ? t(`shown.${outcome}`) : ''}</VisuallyHidden>
    </>
  );
}
