import type { ReactNode } from 'react';
import { type Scope, useSession } from './session';

interface AllowedProps {
  /** What one needs to do what `children` offer. */
  readonly scope: Scope;
  readonly children: ReactNode;
  /** Shown to who may not, where nothing would leave a hole. */
  readonly otherwise?: ReactNode;
}

/** Shows what can be done to those who may do it. */
export function Allowed({ scope, children, otherwise = null }: AllowedProps) {
  return useSession().may(scope) ? children : otherwise;
}
