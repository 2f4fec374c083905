import { ProblemState } from '../list';
import { isRoleRequired, RoleRequired } from './role-required';

interface ReadProblemProps {
  readonly error: unknown;
  readonly onRetry: () => void;
}

/** Why a webhook could not be read: a role that the account lacks is shown as what it is, since trying again does not help. */
export function ReadProblem({ error, onRetry }: ReadProblemProps) {
  return isRoleRequired(error) ? <RoleRequired error={error} /> : <ProblemState error={error} onRetry={onRetry} />;
}
