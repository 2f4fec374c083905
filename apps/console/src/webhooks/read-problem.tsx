import { Button } from '@mantine/core';
import { IconMapOff } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../api';
import { ProblemState, StateNotice } from '../list';
import { isRoleRequired, RoleRequired } from './role-required';

interface ReadProblemProps {
  readonly error: unknown;
  readonly onRetry: () => void;
}

const NOT_FOUND = 404;

/** A page that has nothing to show, since a webhook could not be read: with another try where that may help. */
export function ReadProblem({ error, onRetry }: ReadProblemProps) {
  if (isRoleRequired(error)) return <RoleRequired error={error} headingOrder={1} />;
  if (problemOf(error).status === NOT_FOUND) return <NoSuchWebhook />;
  return <ProblemState error={error} onRetry={onRetry} headingOrder={1} />;
}

function NoSuchWebhook() {
  const { t } = useTranslation();
  return (
    <StateNotice
      icon={<IconMapOff size={22} />}
      title={t('webhooks.missing.title')}
      headingOrder={1}
      action={
        <Button variant="default" renderRoot={(props) => <Link to="/webhooks" {...props} />}>
          {t('webhooks.missing.all')}
        </Button>
      }
    >
      {t('webhooks.missing.detail')}
    </StateNotice>
  );
}
