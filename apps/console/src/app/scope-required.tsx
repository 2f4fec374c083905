import { IconLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { StateNotice } from '../list';
import { type Scope, useSession } from './session';

interface ScopeRequiredProps {
  readonly scope: Scope;
  /** 1 where nothing else heads the page. */
  readonly headingOrder?: 1 | 2 | 3;
}

/** In place of what the key that is signed in may not do: what it lacks, and who can give it. */
export function ScopeRequired({ scope, headingOrder = 2 }: ScopeRequiredProps) {
  const { t } = useTranslation();
  const words = useScopeWords(scope);
  return (
    <StateNotice icon={<IconLock size={22} />} title={t('app.scope.title')} headingOrder={headingOrder}>
      {words}
    </StateNotice>
  );
}

/** The same in one sentence. */
export function useScopeWords(scope: Scope): string {
  const { t } = useTranslation();
  return t(useSession().isPortal ? 'app.scope.portal' : 'app.scope.key', { scope });
}
