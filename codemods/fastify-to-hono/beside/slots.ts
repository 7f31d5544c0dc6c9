import type { Flow } from '../../../src/workspace/syntax/flow/flow.ts';
import type { Value } from '../../../src/workspace/syntax/flow/values.ts';
import { child, children, unwrap } from '../../../src/workspace/syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import type { Program } from '../read/program.ts';
import type { Slot } from '../read/roles.ts';
import type { Role, Unit } from '../state.ts';

/** A place where Fastify is given functions, as small as it is written. */
export interface Place {
  file: ParsedFile;
  node: SyntaxNode;
  kind: string;
  units: readonly Unit[];
  /** Whether something stands there that is none of them. */
  isUnknown: boolean;
}

const KINDS: Readonly<Record<Role, string>> = {
  ...{ handler: 'handler', missing: 'handler', guard: 'guard', sending: 'sending', after: 'after' },
  ...{ error: 'error', parser: 'parser', helper: 'handler' },
};

/** The places of all functions that Fastify is given: the elements of a list are places of their own. */
export function placesIn({ flow, units, roles }: Program): Place[] {
  const found = new Map<SyntaxNode, Place>();
  for (const slot of roles.slots)
    for (const { node, values } of partsOf(flow, slot)) {
      const known: Unit[] = [];
      let isUnknown = values.length === 0;
      collect(flow, units, values, known, () => {
        isUnknown = true;
      });
      const before = found.get(node);
      const kind = slot.isOnError ? 'failing' : KINDS[slot.role];
      found.set(node, {
        ...{ file: slot.file, node, kind },
        units: [...new Set([...(before?.units ?? []), ...known])],
        isUnknown: isUnknown || before?.isUnknown === true || (before !== undefined && before.kind !== kind),
      });
    }
  return [...found.values()];
}

function partsOf(flow: Flow, { node, values }: Slot): { node: SyntaxNode; values: readonly Value[] }[] {
  const inner = unwrap(node);
  if (inner.type !== 'ArrayExpression') return [{ node, values }];
  return children(inner, 'elements').map((element) => {
    const own = element.type === 'SpreadElement' ? (child(element, 'argument') ?? element) : element;
    return { node: own, values: flow.valuesOf(own) };
  });
}

function collect(
  flow: Flow,
  units: Program['units'],
  values: readonly Value[],
  known: Unit[],
  lose: () => void,
): void {
  let count = 0;
  for (const value of values) {
    if (value.kind === 'array') {
      collect(flow, units, [...flow.elementsOf(value).values], known, lose);
      count += 1;
    } else if (value.kind === 'function') {
      const unit = units.get(value.node);
      if (unit === undefined) lose();
      else known.push(unit);
      count += 1;
    } else if (value.kind !== 'external' || value.module !== 'fastify') {
      // A member that the application decorates has its function beside.
      lose();
      count += 1;
    }
  }
  if (count === 0) lose();
}
