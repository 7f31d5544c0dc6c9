import type { Flow } from '../syntax/flow/flow.ts';
import type { CallSite } from '../syntax/flow/values.ts';
import { argumentsOf, child, children, isFunction } from '../syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../syntax/parse.ts';
import { enclosingFunction, firstAwait, parentsOf, walk } from '../syntax/walk.ts';
import { onceListening } from './listening.ts';
import { importsStatically, requiresOf } from './loading.ts';
import { laterThan } from './order.ts';
import type { AppCall, ExpressProgram, Place, Reach, RouterValue } from './program.ts';
import type { Lookup } from './registrations.ts';

const LEFT_BEFORE = 'what stands before it may leave';
const NOT_CALLED = 'nothing that is known calls the function it stands in';
const REPEATED = 'several applications are made there';

/**
 * Tells whether a call on an app or router certainly runs, once the module or function that makes the app does: through
 * functions and modules, by the calls that are known. Order and time count as well: what runs after the app listens is late.
 *
 * @returns `reach`, and `late`: why a call, if it runs, may run only once requests have come; null when it never does
 */
export function createReach(
  flow: Flow,
  lookup: Lookup,
  appCalls: readonly AppCall[],
): Pick<ExpressProgram, 'reach' | 'late' | 'onceListening' | 'laterThan'> {
  const leaving = new WeakMap<SyntaxNode, number>();
  const awaiting = new WeakMap<SyntaxNode, number>();
  const listens = appCalls.filter(({ member }) =>
    /^(listen|createServer|createSecureServer|request)$/.test(member),
  );

  function reach(on: RouterValue, file: ParsedFile, node: SyntaxNode, seen: readonly SyntaxNode[]): Reach {
    const around = enclosingFunction(file, node);
    const home = enclosingFunction(on.file, on.creation);
    const condition = conditionAbove(file, node, around) ?? lateReason(on, file, node, around);
    if (condition !== null) return { unless: condition, anchor: null };
    if (around === home && file === on.file) return { unless: null, anchor: node };
    if (seen.includes(around ?? file.program)) return { unless: NOT_CALLED, anchor: null };
    const outer = [...seen, around ?? file.program];
    if (home !== null && callsOf(home).length > 1 && !holds(home, node))
      return { unless: REPEATED, anchor: null };
    if (around === null) return reachModule(on, file, node, outer);
    const calls = callsOf(around);
    const own = calls.filter((call) => handsOver(call, on));
    const found = (own.length > 0 ? own : calls).map((call) =>
      call.how === 'callback'
        ? { unless: 'it stands in a callback', anchor: null }
        : reach(on, call.file, call.node, outer),
    );
    return found.find(({ unless }) => unless === null) ?? found[0] ?? { unless: NOT_CALLED, anchor: null };
  }

  /** Code of a module runs when the module is loaded: always for one that nothing loads, as it is started. */
  function reachModule(
    on: RouterValue,
    file: ParsedFile,
    node: SyntaxNode,
    seen: readonly SyntaxNode[],
  ): Reach {
    const importers = flow.modules.importersOf(file.path).flatMap((path) => flow.files.get(path) ?? []);
    const found = importers.flatMap((importer) => {
      if (importsStatically(flow, importer, file.path)) return [{ unless: null, anchor: null }];
      return requiresOf(flow, importer, file.path).map((call) => reach(on, importer, call, seen));
    });
    if (found.length === 0) return { unless: null, anchor: file === on.file ? node : null };
    const sure = found.find(({ unless }) => unless === null);
    return sure === undefined
      ? (found[0] ?? sure ?? { unless: NOT_CALLED, anchor: null })
      : { unless: null, anchor: file === on.file ? node : sure.anchor };
  }

  /** Why what stands above a node inside its function may keep it from running; null when nothing does. */
  function conditionAbove(file: ParsedFile, node: SyntaxNode, stop: SyntaxNode | null): string | null {
    const parents = parentsOf(file);
    let inner = node;
    for (let up = parents.get(inner); up !== undefined && inner !== stop; inner = up, up = parents.get(up)) {
      const at = (name: string) => child(up, name) === inner;
      if (/^(If|Conditional)/.test(up.type) && !at('test')) return 'it stands under a condition';
      if (up.type === 'LogicalExpression' && at('right')) return 'it stands under a condition';
      if (up.type === 'AssignmentPattern' && at('right')) return 'it stands under a condition';
      if (up.type === 'SwitchCase') return 'it stands under a condition';
      if (/^(For|ForOf|ForIn|While|DoWhile)Statement$/.test(up.type) && !at('init') && !at('right'))
        return 'it stands in a loop';
      if (up.type === 'TryStatement' && !at('finalizer')) return 'it stands in a `try`';
      const list = Array.isArray(up.body) ? children(up, 'body') : [];
      if (list.length > 0 && list.indexOf(inner) > firstLeaving(up, list)) return LEFT_BEFORE;
    }
    return null;
  }

  function firstLeaving(block: SyntaxNode, list: readonly SyntaxNode[]): number {
    const known = leaving.get(block);
    if (known !== undefined) return known;
    const at = list.findIndex((statement) => mayLeave(statement));
    const index = at === -1 ? Number.POSITIVE_INFINITY : at;
    leaving.set(block, index);
    return index;
  }

  /** After an `await` requests may have come, unless the app listens only later in the same function. */
  function lateReason(
    on: RouterValue,
    file: ParsedFile,
    node: SyntaxNode,
    around: SyntaxNode | null,
  ): string | null {
    const scope = around ?? file.program;
    let first = awaiting.get(scope);
    if (first === undefined) {
      first = firstAwait(scope);
      awaiting.set(scope, first);
    }
    if (first >= node.start) return null;
    const here = listens.filter(
      (each) => each.on === on && each.file === file && enclosingFunction(file, each.call) === around,
    );
    const isOwn = file === on.file && holds(scope, on.creation);
    const before = here.some(({ call }) => call.start < node.start);
    const after = here.some(({ call }) => call.start > node.start);
    if (!before && (isOwn || after)) return null;
    return isAwaitedFirst(on, around, []) ? null : 'it runs after something is awaited';
  }

  /** Whether every call of an asynchronous function is awaited, before the application listens at all: nothing asks until then. */
  function isAwaitedFirst(on: RouterValue, fn: SyntaxNode | null, seen: readonly SyntaxNode[]): boolean {
    const own = listens.filter((each) => each.on === on);
    if (fn === null || fn.async !== true || own.length === 0 || seen.includes(fn)) return false;
    const calls = callsOf(fn);
    return (
      calls.length > 0 &&
      calls.every(({ file, node, how }) => {
        const around = enclosingFunction(file, node);
        const isBefore = own.every(
          (each) =>
            each.file === file &&
            enclosingFunction(file, each.call) === around &&
            each.call.start > node.start,
        );
        const isAwaited = how !== 'callback' && parentsOf(file).get(node)?.type === 'AwaitExpression';
        return isAwaited && (isBefore || isAwaitedFirst(on, around, [...seen, fn]));
      })
    );
  }

  function late(
    on: RouterValue,
    file: ParsedFile,
    node: SyntaxNode,
    seen: readonly SyntaxNode[],
  ): string | null {
    const around = enclosingFunction(file, node);
    const reason = lateReason(on, file, node, around);
    if (reason !== null) return reason;
    if (file === on.file && around === enclosingFunction(on.file, on.creation)) return null;
    if (around !== null && isBeforeListening(on, file, node, around)) return null;
    const scope = around ?? file.program;
    if (seen.includes(scope)) return NOT_CALLED;
    const outer = [...seen, scope];
    if (around === null) {
      const importers = flow.modules.importersOf(file.path).flatMap((path) => flow.files.get(path) ?? []);
      const found = importers.flatMap((importer) =>
        importsStatically(flow, importer, file.path)
          ? [null]
          : requiresOf(flow, importer, file.path).map((call) => late(on, importer, call, outer)),
      );
      // Nothing that is known loads it: it is what is started, or it is loaded when something asks for it.
      if (found.length === 0) return importers.length === 0 ? null : 'its module may be loaded later';
      return found.find((each) => each !== null) ?? null;
    }
    if (around.generator === true) return NOT_CALLED;
    const calls = callsOf(around);
    const own = calls.filter((call) => handsOver(call, on));
    // What is called back is called for each element of a list, at once.
    const found = (own.length > 0 ? own : calls).map((call) => late(on, call.file, call.node, outer));
    return found.length === 0 ? NOT_CALLED : (found.find((each) => each !== null) ?? null);
  }

  /** Whether the application listens only further down in the same function, whoever calls that: a callback of a database. */
  function isBeforeListening(
    on: RouterValue,
    file: ParsedFile,
    node: SyntaxNode,
    around: SyntaxNode,
  ): boolean {
    const own = listens.filter((each) => each.on === on);
    return (
      own.length > 0 &&
      own.every(
        ({ file: of, call }) =>
          of === file && call.start > node.start && enclosingFunction(of, call) === around,
      )
    );
  }

  const callsOf = (fn: SyntaxNode): readonly CallSite[] => flow.functionOf(fn)?.calls ?? [];

  const handsOver = (call: Place, on: RouterValue): boolean =>
    argumentsOf(call.node).some((argument) =>
      [...(flow.cellOf(argument)?.values ?? [])].some(
        (value) => value.kind === 'external' && lookup.routerOf(value) === on,
      ),
    );

  return {
    reach: (on, file, node) => reach(on, file, node, []),
    late: (on, file, node) => late(on, file, node, []),
    onceListening: (on, file, node) => onceListening(flow, appCalls, on, { file, node }),
    laterThan: (on, early, later) =>
      laterThan(flow, early, later, {
        isOwn: (call) => handsOver(call, on),
        made: { file: on.file, node: on.creation },
      }),
  };
}

const holds = (outer: SyntaxNode, inner: SyntaxNode) => outer.start <= inner.start && inner.end <= outer.end;

/** Whether a statement may end the function or block it stands in; a `throw` ends the program's start as a whole. */
function mayLeave(statement: SyntaxNode): boolean {
  let found = false;
  const inner: string[] = [];
  walk(statement, {
    enter(node) {
      if (isFunction(node) || /^Class/.test(node.type)) return 'skip';
      if (/^(For|ForOf|ForIn|While|DoWhile|Switch)Statement$/.test(node.type)) inner.push(node.type);
      const jumps = node.type === 'BreakStatement' || node.type === 'ContinueStatement';
      if (node.type === 'ReturnStatement' || (jumps && (inner.length === 0 || child(node, 'label') !== null)))
        found = true;
      return undefined;
    },
    leave(node) {
      if (/^(For|ForOf|ForIn|While|DoWhile|Switch)Statement$/.test(node.type)) inner.pop();
    },
  });
  return found;
}
