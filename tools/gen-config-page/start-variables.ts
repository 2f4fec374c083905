import ts from 'typescript';
import { docText } from './doc-text.js';
import type { Variable } from './env-class.js';
import { literalText } from './literal-text.js';

/**
 * The variables that `npm start` itself reads: the calls `port('NAME', default)` and `text('NAME')` in the source of its settings. What one means
 * stands at the member of the settings that it becomes.
 */
export function startVariables(source: ts.SourceFile): Variable[] {
  const found: Variable[] = [];
  const visit = (node: ts.Node, member: Member | undefined): void => {
    const inside = ts.isPropertyAssignment(node) || ts.isVariableDeclaration(node) ? node : member;
    const variable = ts.isCallExpression(node) && inside && readsVariable(node, inside, source);
    if (variable && !found.some(({ name }) => name === variable.name)) found.push(variable);
    ts.forEachChild(node, (child) => visit(child, inside));
  };
  visit(source, undefined);
  return found;
}

/** A member of the settings, or the constant that becomes the member of its name. */
type Member = ts.PropertyAssignment | ts.VariableDeclaration;

/** Defaults that `npm start` hands to the services instead of theirs: members `NAME: given.NAME?.trim() || 'default'`. */
export function handedDefaults(source: ts.SourceFile): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node) && ts.isBinaryExpression(node.initializer) && ts.isStringLiteral(node.initializer.right)) {
      found.set(node.name.getText(source), node.initializer.right.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function readsVariable(call: ts.CallExpression, member: Member, source: ts.SourceFile): Variable | undefined {
  const reader = call.expression.getText(source);
  const [name, standard] = call.arguments;
  if ((reader !== 'port' && reader !== 'text') || !name || !ts.isStringLiteral(name)) return undefined;
  return {
    name: name.text,
    default: standard ? literalText(standard, name.text) : wrapperDefault(call, source),
    required: false,
    rule: reader === 'port' ? 'TCP port' : '',
    meaning: settingDoc(source, member.name.getText(source)),
  };
}

/** The default of the parameter that the text goes into, as in `folder(text('NAME'))` with `function folder(path = 'default')`. */
function wrapperDefault(call: ts.CallExpression, source: ts.SourceFile): string | undefined {
  let outer: ts.Node = call.parent;
  while (ts.isBinaryExpression(outer)) outer = outer.parent;
  if (!ts.isCallExpression(outer)) return undefined;
  const wrapper = outer.expression.getText(source);
  const named = source.statements.filter(ts.isFunctionDeclaration).find(({ name }) => name?.text === wrapper);
  const standard = named?.parameters[0]?.initializer;
  return standard && ts.isStringLiteral(standard) ? standard.text : undefined;
}

function settingDoc(source: ts.SourceFile, member: string): string {
  const members = source.statements.filter(ts.isInterfaceDeclaration).flatMap((node) => [...node.members]);
  return (
    members
      .filter((node) => node.name?.getText(source) === member)
      .map(docText)
      .at(-1) ?? ''
  );
}
