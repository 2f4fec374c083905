import ts from 'typescript';
import { docText } from './doc-text.js';
import { literalText } from './literal-text.js';
import { ruleOf, type RuleDocs } from './rule-text.js';

/** A variable as its declaration tells. */
export interface Variable {
  readonly name: string;
  /** As one would write it into the environment; undefined when there is none. */
  readonly default: string | undefined;
  readonly required: boolean;
  readonly rule: string;
  /** The doc comment; empty when there is none. */
  readonly meaning: string;
}

export interface EnvClass {
  readonly name: string;
  /** Name of the class whose variables it has too. */
  readonly base: string | undefined;
  readonly variables: readonly Variable[];
}

const VARIABLE = /^[A-Z][A-Z0-9_]*$/;

/** The classes of a source whose properties are variables of the environment, in their order. @throws Error on a default that is no literal */
export function envClasses(source: ts.SourceFile, rules: RuleDocs): EnvClass[] {
  return source.statements
    .filter(ts.isClassDeclaration)
    .map((node) => ({ name: node.name?.text ?? '', base: baseOf(node), variables: variablesOf(node, source, rules) }))
    .filter(({ variables }) => variables.length > 0);
}

function variablesOf(node: ts.ClassDeclaration, source: ts.SourceFile, rules: RuleDocs): Variable[] {
  return node.members.filter(ts.isPropertyDeclaration).flatMap((property) => {
    const name = property.name.getText(source);
    if (!VARIABLE.test(name)) return [];
    return {
      name,
      default: property.initializer && literalText(property.initializer, name),
      required: property.exclamationToken !== undefined,
      rule: ruleOf(property, source, rules),
      meaning: docText(property),
    };
  });
}

function baseOf(node: ts.ClassDeclaration): string | undefined {
  return node.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)?.types[0]?.expression.getText();
}
