import type { Variable } from './env-class.js';

/** The variables of one place. */
export interface ConfigSection {
  readonly name: string;
  readonly kind: 'every-service' | 'service' | 'start';
  /** The file that declares them. */
  readonly source: string;
  readonly variables: readonly Variable[];
}

/** The page that lists every variable of the environment, as Markdown. */
export function configPage(sections: readonly ConfigSection[]): string {
  return [
    '<!-- Generated from the env classes of the apps by tools/gen-config-page; `npm run gen` writes it again. -->',
    '# Configuration',
    'Services are configured by environment variables only. A service checks all of them when it starts and names every fault at once, the variable and the rule, never the value. ' +
      'A variable set to the empty text counts as not set. `.env.example` has the same variables to copy from.',
    ...sections.flatMap((section) => [`## ${titleOf(section)}`, introOf(section), table(section)]),
    '',
  ].join('\n\n');
}

export function titleOf({ kind, name }: ConfigSection): string {
  return kind === 'every-service' ? 'Every service' : kind === 'start' ? '`npm start`' : name;
}

function introOf({ kind, name }: ConfigSection): string {
  if (kind === 'every-service') return 'Each service reads these, and its own below.';
  if (kind === 'service') return `Besides those of every service, the ${name} reads:`;
  return (
    'Nothing has to be set: it brings a Kafka and a Postgres, makes the keys once, and keeps all of it on this machine. ' +
    'These change that; every other variable is handed on to the services.'
  );
}

function table({ kind, variables }: ConfigSection): string {
  const none = kind === 'start' ? 'its own' : 'not set';
  return [
    '| variable | default | rule | meaning |',
    '|---|---|---|---|',
    ...variables.map(
      (variable) => `| \`${variable.name}\` | ${defaultText(variable, none)} | ${cell(variable.rule)} | ${cell(variable.meaning)} |`,
    ),
  ].join('\n');
}

function defaultText(variable: Variable, none: string): string {
  if (variable.required) return '**required**';
  if (variable.default === undefined) return none;
  return variable.default === '' ? 'empty' : `\`${cell(variable.default)}\``;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
