import { useLocation } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { consoleSettings } from '../console-settings';
import { placeOf, usePlaces } from './navigation';
import classes from './shell.module.css';

/** The way to this page inside the product that the console belongs to, as its operator named it: “Settings → Developer Hub → Webhooks”. */
export function Breadcrumb() {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const here = usePlaces().find(({ key }) => key === placeOf(pathname));
  const { breadcrumb } = consoleSettings;
  if (breadcrumb.length === 0) return null;
  // What was named leads to the webhooks; the other places stand beside them.
  const parts = here === undefined || here.key === 'webhooks' ? breadcrumb : [...breadcrumb.slice(0, -1), here.label];
  return (
    <nav aria-label={t('app.breadcrumb')} className={classes.breadcrumb}>
      <ol>
        {parts.map((part, depth) => (
          <li key={depth} aria-current={depth === parts.length - 1 ? 'page' : undefined}>
            {part}
          </li>
        ))}
      </ol>
    </nav>
  );
}
