import { resolveBindings } from '../../../src/workspace/syntax/bindings.ts';
import type { Flow } from '../../../src/workspace/syntax/flow/flow.ts';
import { child, isMember, memberName, unwrap } from '../../../src/workspace/syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { findAll } from '../../../src/workspace/syntax/walk.ts';
import type { Unit } from '../state.ts';
import { endsChain, replyOf } from './chains.ts';

const EMPTY: ReadonlySet<unknown> = new Set([204, 205, 304]);
/** Packages whose members are statuses by name. */
const LISTS = new Set(['http-status-codes', 'http-status']);
const EMPTY_NAMES =
  /^(?:NO_CONTENT|RESET_CONTENT|NOT_MODIFIED|CONTINUE|SWITCHING_PROTOCOLS|PROCESSING|EARLY_HINTS)$/;

/** Whether a status may be one whose answers have no body: it is one, or is not written down. */
export function mayBeEmpty(flow: Flow, file: ParsedFile, node: SyntaxNode): boolean {
  const known = statusesIn(flow, file, node);
  return (
    known === null ||
    known.some((each) => (typeof each === 'number' ? each < 200 || EMPTY.has(each) : EMPTY_NAMES.test(each)))
  );
}

/** Whether a status is certainly one: what is none is nothing Fastify answers with. `error.status ?? 500` is never nothing. */
export function isStatus(flow: Flow, file: ParsedFile, node: SyntaxNode): boolean {
  const inner = unwrap(node);
  const right = inner.type === 'LogicalExpression' && inner.operator !== '&&' ? child(inner, 'right') : null;
  const known = statusesIn(flow, file, right ?? node);
  return known?.every((each) => typeof each === 'string' || (each >= 100 && each <= 599)) === true;
}

/** The statuses that an expression may give, as numbers or by their names; null where they are not written down. */
function statusesIn(flow: Flow, file: ParsedFile, node: SyntaxNode): (number | string)[] | null {
  const inner = unwrap(node);
  switch (inner.type) {
    case 'Literal':
      return typeof inner.value === 'number' ? [inner.value] : null;
    case 'ConditionalExpression': {
      const found = [child(inner, 'consequent'), child(inner, 'alternate')].map((each) =>
        each === null ? null : statusesIn(flow, file, each),
      );
      return found.includes(null) ? null : found.flatMap((each) => each ?? []);
    }
    case 'Identifier': {
      const binding = resolveBindings(file).bindingOf(inner);
      const init = binding?.kind === 'const' ? child(binding.declaration, 'init') : null;
      return init?.type === 'Literal' ? statusesIn(flow, file, init) : null;
    }
    default: {
      const named = flow
        .valuesOf(inner)
        .map((value) =>
          value.kind === 'external' && LISTS.has(value.module) ? String(value.path.at(-1)) : null,
        );
      return named.length === 0 || named.includes(null) ? null : named.flatMap((each) => each ?? []);
    }
  }
}

/** The statuses that a function sets for an answer that another statement gives. */
export function preparedStatuses({ file, node }: Unit, flow: Flow): SyntaxNode[] {
  const assigned = findAll(node, 'AssignmentExpression').flatMap((each) => {
    const left = child(each, 'left');
    const right = child(each, 'right');
    const isSet = isMember(left) && memberName(left) === 'statusCode' && replyOf(flow, left) !== null;
    return isSet && right !== null ? [right] : [];
  });
  const called = findAll(node, 'CallExpression').flatMap((call) => {
    const callee = child(call, 'callee');
    const [status] = call.arguments as SyntaxNode[];
    const isSet = isMember(callee) && /^(?:code|status)$/.test(memberName(callee) ?? '');
    const isPrepared = isSet && replyOf(flow, callee) !== null && !endsChain(file, call);
    return isPrepared && status !== undefined ? [status] : [];
  });
  return [...assigned, ...called];
}

/** Whether a function may set a status of answers without a body, for an answer that another statement gives. */
export const setsEmpty = (unit: Unit, flow: Flow): boolean =>
  preparedStatuses(unit, flow).some((status) => mayBeEmpty(flow, unit.file, status));
