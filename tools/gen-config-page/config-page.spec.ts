import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { configPage, type ConfigSection } from './config-page.js';
import { readConfig, undocumented } from './config-sources.js';
import { envClasses, type Variable } from './env-class.js';
import { envExample } from './env-example.js';
import { ruleDocs } from './rule-text.js';
import { handedDefaults, startVariables } from './start-variables.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const parse = (text: string): ts.SourceFile => ts.createSourceFile('x.ts', text, ts.ScriptTarget.Latest, true);
const RULES = ruleDocs(parse('/** A TCP port; 0 takes any free one. */\nexport function Port() {}'));
const variablesOf = (members: string, before = ''): readonly Variable[] =>
  envClasses(parse(`${before}\nclass Env extends KafkaEnv {\n${members}\n}`), RULES)[0]!.variables;
const variable = (name: string, more: Partial<Variable> = {}): Variable => ({
  name,
  default: undefined,
  required: false,
  rule: '',
  meaning: `Meaning of ${name}.`,
  ...more,
});
const section = (kind: ConfigSection['kind'], name: string, ...variables: Variable[]): ConfigSection => ({
  kind,
  name,
  source: `${name}.ts`,
  variables,
});

describe('envClasses', () => {
  it('reads name, default, rule and meaning from a property and its doc comment', () => {
    expect(variablesOf('/** Where it\n * listens. */\n@Port()\nreadonly HTTP_PORT: number = 3_000;\nreadonly helper = 1;')).toEqual([
      { name: 'HTTP_PORT', default: '3000', required: false, rule: 'TCP port; 0 takes any free one', meaning: 'Where it listens.' },
    ]);
  });

  it.each([
    ['readonly A!: string;', { required: true, default: undefined }],
    ['readonly A?: string;', { required: false, default: undefined }],
    ["readonly A: string = '';", { default: '' }],
    ['readonly A: boolean = false;', { default: 'false' }],
    ["readonly A: string[] = ['x', 'y'];", { default: 'x,y' }],
    ['@Int(2, 50_000) readonly A!: number;', { rule: 'whole number, 2 to 50000' }],
    ["@IsIn(['x', 'y']) readonly A!: string;", { rule: 'one of `x`, `y`' }],
    ['@IsIn(CHOICES, { message: `one of ${CHOICES}` }) readonly A!: string;', { rule: 'one of `p`, `q`' }],
    [
      "@IsString({ message: 'must be set' }) @MinLength(16, { message: 'must have at least 16 characters' }) readonly A!: string;",
      { rule: 'at least 16 characters' },
    ],
    ['@Parsed((text) => text) readonly A!: string;', { rule: '' }],
  ])('reads %s', (member, expected) => {
    expect(variablesOf(member, "const CHOICES = ['p', 'q'] as const;")).toEqual([expect.objectContaining(expected)]);
  });

  it('refuses a default that only running the code would tell', () => {
    expect(() => variablesOf('readonly A: number = cpus().length;')).toThrow('A: its default must be a literal');
  });
});

describe('startVariables', () => {
  const source = parse(`
    interface Settings {
      /** Port of the API. */ readonly httpPort: number;
      /** Its folder. */ readonly dir: string;
      /** A Postgres. */ readonly db?: string;
    }
    function settings() {
      const ports = { httpPort: port('HTTP_PORT', 3000) };
      const db = text('DB');
      return { ...ports, db, dir: folder(options.dir ?? text('DIR')) };
    }
    function folder(path = '.data') { return path; }`);

  it('finds what is read, with the defaults and the doc comments of the settings', () => {
    expect(startVariables(source)).toEqual([
      { name: 'HTTP_PORT', default: '3000', required: false, rule: 'TCP port', meaning: 'Port of the API.' },
      { name: 'DB', default: undefined, required: false, rule: '', meaning: 'A Postgres.' },
      { name: 'DIR', default: '.data', required: false, rule: '', meaning: 'Its folder.' },
    ]);
  });

  it('finds the defaults that services get instead of theirs', () => {
    expect([...handedDefaults(parse("const env = { ...given, A: given.A?.trim() || 'x', B: other };"))]).toEqual([['A', 'x']]);
  });
});

describe('the written files', () => {
  const sections = [
    section('every-service', '', variable('BROKERS', { required: true })),
    section('service', 'one', variable('PORT', { default: '1' }), variable('SHARED', { default: 'a|b' })),
    section('service', 'two', variable('PORT', { default: '2' }), variable('SHARED', { default: 'a|b' })),
    section('start', 'npm start', variable('BROKERS'), variable('DIR', { default: '' })),
  ];

  it('say on the page what is required, what is not set and what npm start brings', () => {
    const page = configPage(sections);
    expect(page).toContain('| `BROKERS` | **required** |  | Meaning of BROKERS. |');
    expect(page).toContain('| `SHARED` | `a\\|b` |');
    expect(page).toContain('| `BROKERS` | its own |');
    expect(page).toContain('| `DIR` | empty |');
  });

  it('set only what is required in the example, each variable once for every default', () => {
    const example = envExample(sections);
    expect(example.match(/^#* ?[A-Z]+=.*$/gm)).toEqual(['BROKERS=', '# PORT=1', '# SHARED=a|b', '# PORT=2', '# DIR=']);
    expect(example.match(/^### .*/gm)).toEqual(['### Every service', '### one', '### one, two', '### two', '### npm start']);
  });
});

describe('the configuration of the whole system', () => {
  const sections = readConfig(ROOT);
  const named = (name: string): Variable[] => sections.flatMap(({ variables }) => variables.filter((found) => found.name === name));

  it('has a section for every app and for npm start', () => {
    expect(sections.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['', 'delivery-service', 'event-router', 'subscription-service', 'projector', 'npm start']),
    );
  });

  it('never has a default for a secret', () => {
    for (const name of ['HOOKSTREAM_MASTER_KEYS', 'HOOKSTREAM_ADMIN_KEY', 'DATABASE_URL', 'KAFKA_SASL_PASSWORD']) {
      expect(named(name).length).toBeGreaterThan(0);
      for (const { default: standard } of named(name)) expect(standard).toBeUndefined();
    }
  });

  it('lists what has no doc comment by file and name', () => {
    expect(undocumented([section('service', 'one', variable('A', { meaning: '' }), variable('B'))])).toEqual(['one.ts: A']);
  });
});
