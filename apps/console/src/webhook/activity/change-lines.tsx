import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './activity.module.css';
import { type DiffLine, type FieldChange, MASKED, tellingChanges } from './change-diff';

/** What a change changed, as a diff. Minus and plus are read out as words. */
export function ChangeLines({ changes }: { readonly changes: readonly FieldChange[] }) {
  const { t, i18n } = useTranslation();
  const named = (field: string) => (i18n.exists(`webhook.field.${field}`) ? t(`webhook.field.${field}`) : field);
  return (
    <div className={classes.diff}>
      {tellingChanges(changes).map(({ field, lines }) => (
        <div key={field} className={classes.field}>
          <Text size="xs" fw={600} c="dimmed">
            {named(field)}
          </Text>
          <ul className={classes.lines}>
            {lines.map((line, index) => (
              <Line key={`${line.sign}${index}`} line={line} />
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
}

function Line({ line: { sign, name, text } }: { readonly line: DiffLine }) {
  const { t } = useTranslation();
  const Element = sign === '+' ? 'ins' : 'del';
  const shown = text === MASKED ? t('webhook.activity.masked') : text === '' ? t('webhook.activity.emptyText') : text;
  return (
    <li className={classes.line} data-sign={sign}>
      <span aria-hidden className={classes.sign}>
        {sign === '+' ? '+' : '−'}
      </span>
      <Element className={classes.text} {...(text === MASKED || text === '' ? {} : { 'data-value': true })}>
        {name === undefined ? '' : `${name}: `}
        {shown}
      </Element>
    </li>
  );
}
