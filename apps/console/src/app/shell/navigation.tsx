import { NavLink, Stack } from '@mantine/core';
import { IconBook2, IconBolt, IconCode, IconHeartRateMonitor, IconLayoutDashboard, IconWebhook } from '@tabler/icons-react';
import { Link, useLocation } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useSession } from '../session';
import classes from './shell.module.css';

const PLACES = [
  { to: '/', key: 'overview', icon: IconLayoutDashboard },
  { to: '/webhooks', key: 'webhooks', icon: IconWebhook },
  { to: '/events', key: 'events', icon: IconBolt },
  { to: '/catalog', key: 'catalog', icon: IconBook2 },
  { to: '/developers', key: 'developers', icon: IconCode },
  { to: '/operator', key: 'operator', icon: IconHeartRateMonitor, admin: true },
] as const;

export type PlaceKey = (typeof PLACES)[number]['key'];

/** The places that who is signed in may go to. */
export function usePlaces() {
  const { t } = useTranslation();
  const { isAdmin } = useSession();
  return PLACES.filter((place) => !('admin' in place) || isAdmin).map((place) => ({
    ...place,
    label: t(`app.place.${place.key}`),
  }));
}

export function placeOf(pathname: string): PlaceKey | undefined {
  const first = pathname.split('/')[1] ?? '';
  return PLACES.find(({ to }) => to === `/${first}`)?.key;
}

export function Navigation({ onChosen }: { readonly onChosen: () => void }) {
  const { pathname } = useLocation();
  const here = placeOf(pathname);
  return (
    <Stack gap={2} component="ul" className={classes.places}>
      {usePlaces().map(({ to, key, label, icon: Icon }) => (
        <li key={key}>
          <NavLink
            className={classes.place}
            active={key === here}
            label={label}
            leftSection={<Icon size={18} stroke={1.75} aria-hidden />}
            aria-current={key === here ? 'page' : undefined}
            renderRoot={(props: object) => <Link to={to} {...props} onClick={onChosen} />}
          />
        </li>
      ))}
    </Stack>
  );
}
