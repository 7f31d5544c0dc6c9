import { isTestFile } from '../../src/workspace/express/analyze.ts';
import { createFlow, type ExternalCall, type Flow } from '../../src/workspace/syntax/flow/flow.ts';
import {
  type Cell,
  type ExternalValue,
  type FunctionValue,
  newCell,
  type Value,
} from '../../src/workspace/syntax/flow/values.ts';
import type { Modules } from '../../src/workspace/syntax/modules.ts';
import {
  argumentsOf,
  calleeOf,
  child,
  isMember,
  literalText,
  memberName,
} from '../../src/workspace/syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../../src/workspace/syntax/parse.ts';
import { enclosingFunction } from '../../src/workspace/syntax/walk.ts';

/** A call on a Hono app: `app.get('/x', handler)`, `app.route('/x', sub)`. */
export interface Registration {
  router: ExternalValue;
  member: string;
  file: ParsedFile;
  node: SyntaxNode;
  arguments: readonly Cell[];
}

/** A Hono application: where its values go, and what is registered on its apps. */
export interface HonoProgram {
  flow: Flow;
  routers: ReadonlySet<ExternalValue>;
  registrations: readonly Registration[];
  /** Functions a function calls or holds, itself included, over any number of files. */
  reachedFrom(functions: Iterable<SyntaxNode>): Set<SyntaxNode>;
  /** What `c.get('file')` and `c.get('files')` give after an upload. */
  uploaded: Value;
  /** The path and folder of a file an upload has stored. */
  stored: Value;
}

const VERBS = new Set(['get', 'post', 'put', 'delete', 'patch', 'options', 'all', 'on']);
/** Globals whose results paths are put into and taken out of, or start from. */
const TRACKED_GLOBALS = new Set(['Map', 'WeakMap', 'Set', 'process']);
const REGISTERS = new Set([...VERBS, 'use', 'route', 'mount', 'onError', 'notFound']);

/** Whether a value is an app made with `new Hono()`. */
export const isRouter = (value: Value): value is ExternalValue =>
  value.kind === 'external' &&
  /^hono(?:$|\/)/.test(value.module) &&
  /(?:^|\.)(?:Hono|OpenAPIHono)\.\(\)$/.test(value.path.join('.'));

/** Reads the application's files and follows its values through Hono: contexts, `c.set`, mounted apps, promises, maps. */
export function analyzeHono(modules: Modules): HonoProgram {
  const flow = createFlow(modules, {
    tracks: ({ origin, module, path }) =>
      origin === 'builtin' ? /^(?:path|fs|util)(?:\/|$)/.test(module) : TRACKED_GLOBALS.has(path[0] ?? ''),
    normalise: ({ parent, path }) =>
      parent !== null && isRouter(parent) && REGISTERS.has(path.at(-1) ?? '') ? parent : null,
  });
  const routers = new Set<ExternalValue>();
  const registrations = new Map<SyntaxNode, Registration>();
  followContexts(flow, (call, router, member) => {
    routers.add(router);
    registrations.set(call.node, {
      router,
      member,
      file: call.file,
      node: call.node,
      arguments: call.arguments,
    });
  });
  for (const path of startingFiles(modules)) flow.include(path);
  flow.settle();
  followMaps(flow);
  followPromises(flow);
  flow.settle();
  const uploaded = flow.marker('uploaded file');
  return {
    flow,
    routers,
    registrations: [...registrations.values()].sort((a, b) => order(a, b)),
    reachedFrom: callGraph(flow),
    uploaded,
    stored: flow.marker('stored path'),
  };
}

const MENTIONS = /['"](?:(?:node:)?fs(?:\/promises)?|hono(?:\/[\w-]+)?|@hono\/[\w-]+)['"]/;

/** Files that name Hono or the file system, and everything that imports them: callers bind the paths. */
function startingFiles(modules: Modules): Set<string> {
  const isOwn = (path: string) => !isTestFile(path) && !/\.d\.[cm]?ts$/.test(path);
  const found = new Set(
    modules.paths.filter((path) => isOwn(path) && MENTIONS.test(modules.text(path) ?? '')),
  );
  for (const path of found)
    for (const importer of modules.importersOf(path)) if (isOwn(importer)) found.add(importer);
  return found;
}

const order = (a: Registration, b: Registration): number =>
  a.file.path === b.file.path ? a.node.start - b.node.start : a.file.path < b.file.path ? -1 : 1;

/** Gives every function that is registered on an app its context, and what is set on one to whoever gets it. */
function followContexts(
  flow: Flow,
  found: (call: ExternalCall, router: ExternalValue, member: string) => void,
): void {
  const context = flow.marker('context');
  const file = flow.marker('uploaded file');
  for (const member of ['path', 'destination']) flow.setMember(file, member, flow.marker('stored path'));
  for (const member of ['0', '*']) flow.setMember(file, member, file);
  flow.setMember(context, 'get', flow.marker('context.get'));
  flow.setMember(context, 'set', flow.marker('context.set'));
  const variables = new Map<string, Cell>();
  const variable = (name: string): Cell => {
    let cell = variables.get(name);
    if (cell === undefined) {
      cell = newCell();
      variables.set(name, cell);
      if (name === 'file' || name === 'files') flow.add(cell, file);
    }
    return cell;
  };
  flow.onExternalCall((call) => {
    const { callee, node, arguments: args } = call;
    const [first, second] = args;
    if (callee.kind === 'marker') {
      const name = literalText(argumentsOf(node)[0]);
      const result = flow.cellOf(node);
      if (name === null) return;
      if (callee.name === 'context.set' && second !== undefined) flow.flow(second, variable(name));
      if (callee.name === 'context.get' && result !== null) flow.flow(variable(name), result);
      return;
    }
    if (callee.kind !== 'external' || callee.parent === null || !isRouter(callee.parent)) return;
    const member = callee.path.at(-1) ?? '';
    if (!REGISTERS.has(member) || first === undefined) return;
    found(call, callee.parent, member);
    for (const cell of args) seedContext(flow, cell, member === 'onError' ? 1 : 0);
  });
}

function seedContext(flow: Flow, cell: Cell, position: number): void {
  flow.read(cell, (value) => {
    if (value.kind === 'function') {
      const parameter = value.parameters[position];
      if (parameter !== undefined) flow.add(parameter, flow.marker('context'));
    }
    if (value.kind === 'array') seedContext(flow, flow.elementsOf(value), position);
  });
}

/** What is put into a Map, WeakMap or Set comes out of it again. */
function followMaps(flow: Flow): void {
  const contents = new Map<Value, Cell>();
  const contentOf = (value: ExternalValue): Cell | null => {
    if (value.origin !== 'global' || !/^(?:Weak)?(?:Map|Set)\.\(\)$/.test(value.path.join('.'))) return null;
    const cell = contents.get(value) ?? newCell();
    contents.set(value, cell);
    return cell;
  };
  flow.onExternalCall(({ callee, node, arguments: args }) => {
    const content = callee.kind === 'external' && callee.parent !== null ? contentOf(callee.parent) : null;
    const result = flow.cellOf(node);
    if (content === null || callee.kind !== 'external') return;
    const member = callee.path.at(-1);
    const given = member === 'set' ? args[1] : member === 'add' ? args[0] : undefined;
    if (given !== undefined) flow.flow(given, content);
    if (member === 'get' && result !== null) flow.flow(content, result);
    if (member === 'values' && result !== null) {
      flow.read(result, (made) => flow.read(content, (held) => flow.setMember(made, '*', held)));
    }
    const callback = member === 'forEach' ? args[0] : undefined;
    if (callback !== undefined) {
      flow.read(
        callback,
        (fn) => fn.kind === 'function' && fn.parameters[0] && flow.flow(content, fn.parameters[0]),
      );
    }
  });
}

/** `promise.then(f)`: what the promise holds reaches `f`, and what `f` gives is what the call gives. */
function followPromises(flow: Flow): void {
  for (const { node, arguments: args } of [...flow.calls]) {
    const callee = calleeOf(node);
    if (!isMember(callee) || !/^(?:then|catch|finally)$/.test(memberName(callee) ?? '')) continue;
    const receiver = child(callee, 'object');
    const held = receiver === null ? null : flow.cellOf(receiver);
    const result = flow.cellOf(node);
    if (held === null) continue;
    if (result !== null) flow.flow(held, result);
    for (const argument of args) {
      flow.read(argument, (fn) => {
        if (fn.kind !== 'function') return;
        const parameter = fn.parameters[0];
        if (parameter !== undefined && argument === args[0] && memberName(callee) === 'then')
          flow.flow(held, parameter);
        if (result !== null) flow.flow(fn.returns, result);
      });
    }
  }
}

function callGraph(flow: Flow): HonoProgram['reachedFrom'] {
  const edges = new Map<SyntaxNode, Set<SyntaxNode>>();
  const connect = (file: ParsedFile, at: SyntaxNode, to: SyntaxNode) => {
    const from = enclosingFunction(file, at);
    if (from === null || from === to) return;
    const known = edges.get(from);
    if (known === undefined) edges.set(from, new Set([to]));
    else known.add(to);
  };
  const reaches = (file: ParsedFile, at: SyntaxNode, cell: Cell) => {
    for (const value of cell.values) if (value.kind === 'function') connect(file, at, value.node);
  };
  for (const { file, node, callee, arguments: args } of flow.calls) {
    reaches(file, node, callee);
    for (const argument of args) reaches(file, node, argument);
  }
  for (const fn of flow.functions()) connectInner(fn, edges);
  return (functions) => {
    const reached = new Set<SyntaxNode>();
    const pending = [...functions];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      if (reached.has(next)) continue;
      reached.add(next);
      pending.push(...(edges.get(next) ?? []));
    }
    return reached;
  };
}

/** A function written inside another runs when that one makes it run. */
function connectInner(fn: FunctionValue, edges: Map<SyntaxNode, Set<SyntaxNode>>): void {
  const outer = enclosingFunction(fn.file, fn.node);
  if (outer === null) return;
  const known = edges.get(outer);
  if (known === undefined) edges.set(outer, new Set([fn.node]));
  else known.add(fn.node);
}
