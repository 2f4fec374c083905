import { stringify } from 'yaml';

const HEAD = '# Generated from libs/contracts and libs/catalog by tools/gen-asyncapi; `npm run gen` writes it again.\n';

/** The document as YAML that every tool reads alike: by the rules of 1.1 times are quoted, which its readers take for dates; nothing is an alias. */
export function asyncapiYaml(document: object): string {
  return HEAD + stringify(document, { version: '1.1', lineWidth: 0, aliasDuplicateObjects: false });
}
