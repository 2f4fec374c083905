import ts from 'typescript';

/** A literal as one would write it into the environment; a list is separated by commas. @throws Error when it is no literal */
export function literalText(node: ts.Expression, variable: string): string {
  if (ts.isStringLiteralLike(node)) return node.text;
  // The compiler has already taken the separators out of the digits.
  if (ts.isNumericLiteral(node)) return node.text;
  if (node.kind === ts.SyntaxKind.TrueKeyword) return 'true';
  if (node.kind === ts.SyntaxKind.FalseKeyword) return 'false';
  if (ts.isArrayLiteralExpression(node)) return node.elements.map((element) => literalText(element, variable)).join(',');
  throw new Error(`${variable}: its default must be a literal to be documented`);
}
