import { useTranslation } from 'react-i18next';
import { LeaveGuard } from './leave-guard';

interface ShownOnceGuardProps {
  /** Whether it is shown and has not been stored yet. */
  readonly isOpen: () => boolean;
  /** Whose secret it is. */
  readonly name: string;
}

/** Asks before a secret that is shown this once is left behind. */
export function ShownOnceGuard({ isOpen, name }: ShownOnceGuardProps) {
  const { t } = useTranslation();
  return (
    <LeaveGuard
      wouldLose={isOpen}
      title={t('shown.once.title', { name })}
      effect={t('shown.once.effect')}
      stay={t('shown.once.stay')}
      leave={t('shown.once.leave')}
    />
  );
}
