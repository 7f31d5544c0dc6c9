import { children, propertyKeyName } from '../nodes.ts';
import type { ParsedFile, SyntaxNode } from '../parse.ts';
import type { Flow } from './flow.ts';
import type { Cell, Value } from './values.ts';

/** Where a value is made. */
interface Made {
  file: ParsedFile;
  node: SyntaxNode;
}

/** The functions that an expression may stand for; null when it may be anything else. */
export const functionsAt = (flow: Flow, node: SyntaxNode): Made[] | null =>
  allAt(flow, node, (value) =>
    value.kind === 'function' ? { file: value.file, node: value.node } : undefined,
  );

/** The texts that an expression may be, in no order; null when it may be anything else. */
export const textsAt = (flow: Flow, node: SyntaxNode): string[] | null =>
  allAt(flow, node, (value) => (value.kind === 'text' ? value.text : undefined));

/** What is taken of every value that an expression may have; null where it may have none, or one of which nothing is taken. */
function allAt<Taken>(
  flow: Flow,
  node: SyntaxNode,
  take: (value: Value) => Taken | undefined,
): Taken[] | null {
  const values = [...(flow.cellOf(node)?.values ?? [])];
  const found = values.map(take).filter((each) => each !== undefined);
  return found.length === 0 || found.length < values.length ? null : found;
}

/** How deep members of options are looked at. */
const DEPTH = 3;

/** The functions among the members of what a place holds. */
export function functionsWithin(cell: Cell | null, depth = 0): Made[] {
  return [...(cell?.values ?? [])].flatMap((value) => {
    if (value.kind === 'function') return { file: value.file, node: value.node };
    const holds = (value.kind === 'object' || value.kind === 'array') && depth < DEPTH;
    return holds ? [...value.members.values()].flatMap((each) => functionsWithin(each, depth + 1)) : [];
  });
}

/** The object, as it is written out, that an expression stands for, and that gets no other members later; null for any other. */
export function objectAt(flow: Flow, node: SyntaxNode): Made | null {
  const [value, ...more] = flow.cellOf(node)?.values ?? [];
  if (value?.kind !== 'object' || value.node.type !== 'ObjectExpression' || more.length > 0) return null;
  const written = new Set(children(value.node, 'properties').map(propertyKeyName));
  return [...value.members.keys()].every((name) => written.has(name))
    ? { file: value.file, node: value.node }
    : null;
}
