import type { ExternalCall, Flow } from '../syntax/flow/flow.ts';
import type { ExternalValue, Value } from '../syntax/flow/values.ts';
import { argumentsOf, child, field, literalText, unwrap } from '../syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../syntax/parse.ts';
import { namesReadOfUnknown, putsIntoContainer } from './containers.ts';
import { createHeld, type Escaping } from './held.ts';
import { positionOf } from './positions.ts';
import type { AppCall, RouterValue } from './program.ts';
import type { Lookup } from './registrations.ts';
import { isRegistration, routerKind, routerMember } from './surface.ts';

/**
 * Where an Express function or a router leaves the program: among the arguments of a call to outside code, however
 * deep inside what is handed over, or in a place whose values are not followed.
 */
export function addEscapes(
  flow: Flow,
  lookup: Lookup,
  appCalls: AppCall[],
  routers: readonly RouterValue[],
): void {
  const note = (file: ParsedFile, node: SyntaxNode, callee: string, values: Iterable<Value>): void => {
    const location = file.locate(node.start);
    for (const value of values) {
      const lost = { location, reason: passedTo(callee, node, '') };
      if (value.kind === 'function') push(lookup.functionOf(value)?.escapes, lost);
      if (value.kind === 'external' && routerKind(value) !== null) {
        const on = lookup.routerOf(value);
        if (on === null) continue;
        const member = serverCall(callee, node);
        if (member === null) push(on.escapes, lost);
        else appCalls.push({ on, file, call: node, member, location });
      }
    }
  };
  const heldIn = createHeld(lookup);
  let readNames: ReadonlySet<string> | null = null;
  const noteInside = (
    file: ParsedFile,
    node: SyntaxNode,
    callee: string,
    values: Iterable<Value>,
    isCallback = false,
  ): void => {
    const reason = passedTo(callee, node, 'inside another value ');
    const held = heldIn(values, isCallback);
    const lost = { location: file.locate(node.start), reason };
    const isKept = held.size > 0 && putsIntoContainer(flow, file, node);
    if (isKept) readNames ??= namesReadOfUnknown(flow);
    for (const [inner, names] of held) {
      if ('creation' in inner && NUNJUCKS.test(callee) && [...names].join() === 'express') {
        appCalls.push({ on: inner, file, call: node, member: 'nunjucks', location: lost.location });
        continue;
      }
      // Nothing that came out of a container is asked for the member that holds it.
      if (isKept && 'creation' in inner && ![...names].some((name) => name === '*' || readNames?.has(name)))
        continue;
      // A parser calls the functions of its options with the request: that is known.
      const isOption =
        'uses' in inner && inner.uses?.some((use) => use.kind === 'option' && use.call === node);
      if (isOption !== true) push(inner.escapes, lost);
    }
  };
  const noteAll: typeof note = (...lost) => {
    note(...lost);
    noteInside(...lost);
  };
  for (const { callee, file, node, arguments: args } of flow.externalCalls) {
    const found = routerMember(callee);
    if (found !== null && isRegistration(found, node)) continue;
    const name = callee.kind === 'external' ? externalName(callee) : calleeText(file, node);
    const looksInside = found === null && callee.kind !== 'marker' && !isHarmless(callee);
    for (const cell of args) {
      note(file, node, name, cell.values);
      if (looksInside) noteInside(file, node, name, cell.values, CALLS_BACK.test(name));
    }
  }
  for (const { callee, file, node, arguments: args } of flow.calls) {
    if ([...callee.values].some(({ kind }) => kind !== 'module') || isFunctionMethod(node)) continue;
    for (const cell of args) noteAll(file, node, calleeText(file, node), cell.values);
  }
  if (flow.globalsAt !== null) {
    const { file, node } = flow.globalsAt;
    for (const { values } of flow.globals.members.values())
      noteAll(file, node, 'whoever gets the global object', values);
  }
  for (const { kind, references, escapes } of routers)
    for (const { file, node } of references) noteLost(file, node, escapes, `this ${kind} of Express is`);
  for (const file of flow.files.values()) {
    flow.eachHolding(file, (node, { values }) => {
      for (const value of values) {
        const fn = value.kind === 'function' ? lookup.functionOf(value) : null;
        if (fn !== null) noteLost(file, node, fn.escapes, 'this function is');
      }
    });
  }
}

function noteLost(file: ParsedFile, node: SyntaxNode, escapes: Escaping['escapes'], what: string): void {
  const position = positionOf(file, node);
  if (position.kind !== 'lost') return;
  push(escapes, { location: file.locate(node.start), reason: `${what} ${position.how}` });
}

/** `nunjucks.configure(views, { express: app })`, which sets how the application finds its views and keeps nothing else of it. */
const NUNJUCKS = /^nunjucks\.(?:default\.)?configure$/;

/** The same for an environment that is there: `environment.express(app)`. */
const NUNJUCKS_LATER = /^nunjucks\.(?:default\.)?(?:configure|Environment|Environment\.new)\.express$/;

/** What a call makes of an application it is handed: a server's listener, at once or by `on('request')`; null: unknown. */
function serverCall(callee: string, call: SyntaxNode): string | null {
  const made = /(?:^|\.)(createServer|createSecureServer)$/.exec(callee)?.[1];
  if (made !== undefined) return made;
  if (NUNJUCKS_LATER.test(callee)) return 'nunjucks';
  if (/^(?:node:)?https?\.Server$/.test(callee)) return 'createServer';
  const isServer = /^(?:node:)?https?\.(?:createServer|Server)\.(?:on|addListener)$/.test(callee);
  return isServer && literalText(argumentsOf(call)[0]) === 'request' ? 'request' : null;
}

/** `pkg`, `pkg.member`, `Promise.all`: how a reader would name it, without the calls on the way. */
const externalName = ({ module, path }: ExternalValue): string =>
  [module, ...path].filter((step) => step !== '' && step !== '()').join('.');

/** Functions of the language that look at what they get and keep none of it, or whose result is followed. */
const HARMLESS =
  /^(?:Object\.(?:freeze|seal|assign|keys|values|entries|defineProperty|defineProperties|getOwnPropertyNames|getPrototypeOf)|Promise\.resolve|Array\.isArray|JSON\.stringify|console\.\w+|Boolean|String)$/;

/** What calls the functions that it is given, and has no use for what they give back. */
const CALLS_BACK =
  /^(?:(?:node:)?(?:fs|http|https|http2|net|tls|dns|zlib|crypto|child_process|readline|timers|dgram)\.[\w.]+|set(?:Timeout|Interval|Immediate)|queueMicrotask|process\.(?:on|once|nextTick))$/;

const isHarmless = (callee: ExternalCall['callee']): boolean =>
  callee.kind === 'external' && callee.origin === 'global' && HARMLESS.test(callee.path.join('.'));

/** What was handed over by a call, and what would free it where that can be said. */
function passedTo(callee: string, call: SyntaxNode, how: string): string {
  const isMade = loadsMadePath(child(call, 'callee'));
  return isMade
    ? `passed ${how}to a module that is loaded by a path made when the program runs: import each such module by its name`
    : `passed ${how}to ${callee}, which could not be followed`;
}

/** `(await import(path)).default`, where the path is not written out. */
function loadsMadePath(node: SyntaxNode | null): boolean {
  const inner = node === null ? null : unwrap(node);
  if (inner?.type === 'ImportExpression') return literalText(child(inner, 'source')) === null;
  const from =
    inner?.type === 'MemberExpression' ? 'object' : inner?.type === 'AwaitExpression' ? 'argument' : null;
  return inner !== null && from !== null && loadsMadePath(child(inner, from));
}

const push = <T>(list: readonly T[] | undefined, item: T): void => {
  (list as T[] | undefined)?.push(item);
};

const calleeText = (file: ParsedFile, call: SyntaxNode): string => {
  const callee = child(call, 'callee');
  return callee === null ? 'a call' : file.text.slice(callee.start, callee.end).slice(0, 60);
};

/** `fn.bind(x)`, `fn.call(…)`: followed by the flow itself. */
const isFunctionMethod = (call: SyntaxNode): boolean => {
  const property = child(child(call, 'callee') ?? call, 'property');
  return /^(?:bind|call|apply|forEach|map|push|concat)$/.test(
    property === null ? '' : field(property, 'name'),
  );
};
