import { instanceMember } from '../../../src/workspace/server/readers/fastify/surface.ts';
import type { Flow } from '../../../src/workspace/syntax/flow/flow.ts';
import type { Value } from '../../../src/workspace/syntax/flow/values.ts';
import { child, isCall } from '../../../src/workspace/syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import type { Program } from '../read/program.ts';
import { type Unit, unitAround } from '../state.ts';

/** A call of functions that Fastify calls as well; `by`: the one that it stands in. */
export interface DirectCall {
  by: Unit | null;
  of: Unit[];
}

/** How functions that Fastify calls are used beside that. */
export interface Uses {
  calls: readonly DirectCall[];
  /** Functions that packages are handed, and by which call. */
  handedOut: ReadonlyMap<Unit, { file: ParsedFile; node: SyntaxNode }>;
}

/** Methods of an instance that are handed such functions: what they do with them is known. */
const KNOWN =
  /^(?:get|head|post|put|patch|delete|options|all|route|addHook|setErrorHandler|setNotFoundHandler|addContentTypeParser|decorate)$/;
/** How far lists and objects are looked into. */
const DEPTH = 3;

export function readUses({ flow, units }: Program): Uses {
  const calls: DirectCall[] = [];
  for (const file of flow.files.values())
    for (const [node] of flow.expressionsIn(file)) {
      if (!isCall(node)) continue;
      const callee = child(node, 'callee');
      const of = (callee === null ? [] : flow.valuesOf(callee)).flatMap((value) =>
        unitsIn(flow, units, value, 0),
      );
      if (of.length > 0) calls.push({ by: unitAround(units, file, node), of });
    }
  const handedOut = new Map<Unit, { file: ParsedFile; node: SyntaxNode }>();
  for (const { callee, file, node, arguments: args } of flow.externalCalls) {
    const member = instanceMember(callee)?.member;
    if (member !== undefined && KNOWN.test(member)) continue;
    for (const cell of args)
      for (const value of cell.values)
        for (const unit of unitsIn(flow, units, value, DEPTH)) handedOut.set(unit, { file, node });
  }
  return { calls, handedOut };
}

function unitsIn(flow: Flow, units: Program['units'], value: Value, depth: number): Unit[] {
  if (value.kind === 'function') {
    const unit = units.get(value.node);
    return unit === undefined ? [] : [unit];
  }
  if (depth === 0) return [];
  if (value.kind === 'array')
    return [...flow.elementsOf(value).values].flatMap((each) => unitsIn(flow, units, each, depth - 1));
  if (value.kind === 'object')
    return [...value.members.values()].flatMap((cell) =>
      [...cell.values].flatMap((each) => unitsIn(flow, units, each, depth - 1)),
    );
  return [];
}
