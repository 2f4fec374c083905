import { Badge, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './webhooks.module.css';

const SHOWN = 2;

/** The first two events and how many more there are; all of them on the rest. */
export function EventsCell({ events }: { readonly events: readonly string[] }) {
  const { t } = useTranslation();
  const rest = events.slice(SHOWN);
  return (
    <div className={classes.events}>
      {events.slice(0, SHOWN).map((event) => (
        <Badge key={event} data-value title={event} variant="default" fw={400} ff="monospace">
          {event === '*' ? t('webhooks.events.all') : event}
        </Badge>
      ))}
      {rest.length > 0 ? (
        <Tooltip label={rest.join(', ')} multiline maw={360}>
          <Badge
            variant="light"
            color="gray"
            radius="sm"
            tt="none"
            tabIndex={0}
            aria-label={t('webhooks.events.moreAre', { events: rest.join(', ') })}
          >
            {t('webhooks.events.more', { count: rest.length })}
          </Badge>
        </Tooltip>
      ) : null}
    </div>
  );
}
