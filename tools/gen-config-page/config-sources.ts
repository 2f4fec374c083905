import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import type { ConfigSection } from './config-page.js';
import { envClasses, type EnvClass, type Variable } from './env-class.js';
import { ruleDocs } from './rule-text.js';
import { handedDefaults, startVariables } from './start-variables.js';

const EVERY_SERVICE = 'libs/runtime/src/kafka-env.ts';
const RULES = 'libs/runtime/src/env-rules.ts';
const START = 'tools/local-stack/src/system/system-options.ts';
const START_SERVICES = 'tools/local-stack/src/system/services.ts';
const SECRET = /(PASSWORD|SECRET|TOKEN|_KEYS?)$|^(DATABASE|SMTP)_URL$/;

/** What can be set, read from the sources below `root`. @throws Error on a secret that has a default, or a source without variables */
export function readConfig(root: string): ConfigSection[] {
  const parse = (file: string): ts.SourceFile =>
    ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest, true);
  const rules = ruleDocs(parse(RULES));
  const classesOf = (file: string): EnvClass[] => envClasses(parse(file), rules);
  const shared = classesOf(EVERY_SERVICE);
  // A second process of an app has its settings in a folder of its own.
  const apps = globSync(['apps/*/src/config.ts', 'apps/*/src/*/config.ts'], { cwd: root }).sort();
  const services: ConfigSection[] = apps.map((file) => ({
    name: file.split('/')[file.split('/').length === 4 ? 1 : 3]!,
    kind: 'service',
    source: file,
    variables: classesOf(file).flatMap(({ variables }) => variables),
  }));
  const every: ConfigSection = {
    name: '',
    kind: 'every-service',
    source: EVERY_SERVICE,
    variables: shared.flatMap(({ variables }) => variables),
  };
  const start: ConfigSection = {
    name: 'npm start',
    kind: 'start',
    source: START,
    variables: ofStart(startVariables(parse(START)), handedDefaults(parse(START_SERVICES)), [every, ...services]),
  };
  const sections = [every, ...services, start];
  for (const { source, variables } of sections) {
    if (variables.length === 0) throw new Error(`${source}: no variables found`);
    const leak = variables.find((variable) => SECRET.test(variable.name) && variable.default);
    if (leak) throw new Error(`${source}: ${leak.name} has a default, and a secret must have none`);
  }
  return sections;
}

/** `source: NAME` of every variable that does not say what it means. */
export function undocumented(sections: readonly ConfigSection[]): string[] {
  return sections.flatMap(({ source, variables }) =>
    variables.filter(({ meaning }) => meaning === '').map(({ name }) => `${source}: ${name}`),
  );
}

/** What `npm start` reads itself, and what it hands to the services with another default; a variable of a service means the same here. */
function ofStart(own: readonly Variable[], handed: ReadonlyMap<string, string>, services: readonly ConfigSection[]): Variable[] {
  const known = new Map(
    services.flatMap(({ variables }) => variables.filter(({ meaning }) => meaning !== '').map((variable) => [variable.name, variable])),
  );
  const handedOn = [...handed.keys()].filter((name) => known.has(name) && !own.some((variable) => variable.name === name));
  return [
    ...own.map((variable) => ({
      ...variable,
      default: variable.default ?? handed.get(variable.name),
      meaning: variable.meaning || (known.get(variable.name)?.meaning ?? ''),
    })),
    ...handedOn.map((name) => ({ ...known.get(name)!, default: handed.get(name)! })),
  ];
}
