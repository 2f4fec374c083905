/** A node of the library's syntax tree, as far as this library looks into it; `filter.spec.ts` fails when it no longer is so. */
export interface TreeNode {
  readonly op: string;
  args: unknown;
  /** Offset in the text. */
  readonly pos: number;
  readonly meta: Record<string, unknown>;
  /** What evaluates an operator or a call once its operands are; there when the tree was type-checked. */
  handle?: Handle;
}

export type Handle = (first: unknown, second: unknown, third: unknown, fourth: unknown) => unknown;

export function isNode(value: unknown): value is TreeNode {
  return typeof value === 'object' && value !== null && 'op' in value && 'meta' in value && 'pos' in value;
}

/** Every node below and with this one, each once, those of expanded macros included. */
export function nodesOf(root: unknown): TreeNode[] {
  const found = new Set<TreeNode>();
  const seen = new Set<unknown>();
  const waiting = [root];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (typeof value !== 'object' || value === null || seen.has(value)) continue;
    seen.add(value);
    if (isNode(value)) {
      found.add(value);
      waiting.push(value.args, value.meta['macro'], value.meta['alternate']);
    } else if (Array.isArray(value)) waiting.push(...(value as unknown[]));
    else if (Object.getPrototypeOf(value) === Object.prototype) waiting.push(...(Object.values(value) as unknown[]));
  }
  return [...found];
}

/** What a loop over a list or map consists of. */
export interface Comprehension {
  iterVarName: string;
  readonly iterable: unknown;
  readonly step: unknown;
}

export function comprehensionOf(node: TreeNode): Comprehension | undefined {
  return node.op === 'comprehension' ? (node.args as Comprehension) : undefined;
}

/** Name and arguments of a call as it is written, its receiver among them. */
export function callOf(node: TreeNode): { readonly name: string; readonly args: readonly unknown[] } | undefined {
  if (node.op === 'call') {
    const [name, args] = node.args as [string, unknown[]];
    return { name, args };
  }
  if (node.op !== 'rcall') return undefined;
  const [name, receiver, args] = node.args as [string, unknown, unknown[]];
  return { name, args: [receiver, ...args] };
}
