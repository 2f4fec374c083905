import ts from 'typescript';
import { docText } from './doc-text.js';
import { literalText } from './literal-text.js';

/** What the decorators of the runtime library say of themselves, by name. */
export type RuleDocs = ReadonlyMap<string, string>;

/** The doc comments of a source's exported functions. */
export function ruleDocs(source: ts.SourceFile): RuleDocs {
  const functions = source.statements.filter(ts.isFunctionDeclaration);
  return new Map(functions.map((node) => [node.name?.text ?? '', docText(node)]));
}

/** What a property's decorators ask of its variable, in a few words; empty when any text will do. */
export function ruleOf(property: ts.PropertyDeclaration, source: ts.SourceFile, docs: RuleDocs): string {
  const rules = (ts.getDecorators(property) ?? []).map(({ expression }) =>
    ts.isCallExpression(expression) ? ruleOfCall(expression, source, docs) : '',
  );
  return rules.filter((rule) => rule !== '').join('; ');
}

function ruleOfCall(call: ts.CallExpression, source: ts.SourceFile, docs: RuleDocs): string {
  const name = call.expression.getText(source);
  const [first, second] = call.arguments;
  if (name === 'Int' && first && second) return `whole number, ${literalText(first, name)} to ${literalText(second, name)}`;
  if (name === 'IsIn' && first) return `one of ${choices(first, source).join(', ')}`;
  return phrase(docs.get(name) ?? messageOf(call));
}

/** The entries of a list, or of the constant list of the same source that is named. */
function choices(node: ts.Expression, source: ts.SourceFile): string[] {
  if (ts.isArrayLiteralExpression(node)) return node.elements.map((element) => `\`${literalText(element, 'IsIn')}\``);
  if (ts.isAsExpression(node)) return choices(node.expression, source);
  const constants = source.statements.filter(ts.isVariableStatement).flatMap(({ declarationList }) => [...declarationList.declarations]);
  const named = constants.find((constant) => constant.name.getText(source) === node.getText(source))?.initializer;
  if (!named)
    throw new Error(`${node.getText(source)}: a list of choices must be written where it is used, or be a constant of the same file`);
  return choices(named, source);
}

/** What the decorator answers to a wrong value, as its options say. */
function messageOf(call: ts.CallExpression): string {
  const members = call.arguments.filter(ts.isObjectLiteralExpression).flatMap(({ properties }) => [...properties]);
  const message = members.filter(ts.isPropertyAssignment).find(({ name }) => name.getText() === 'message')?.initializer;
  return message && ts.isStringLiteralLike(message) ? message.text : '';
}

function phrase(sentence: string): string {
  const text = sentence
    .replace(/^must (be|have) /, '')
    .replace(/^an? /i, '')
    .replace(/\.$/, '');
  // That it has to be there, the page says in another column.
  return text === 'set' ? '' : text;
}
