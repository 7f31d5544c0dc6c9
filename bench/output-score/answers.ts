import { createFlow, type ExternalCall, type Flow } from '../../src/workspace/syntax/flow/flow.ts';
import type {
  Cell,
  ExternalValue,
  FunctionValue,
  MarkerValue,
  Value,
} from '../../src/workspace/syntax/flow/values.ts';
import type { Modules } from '../../src/workspace/syntax/modules.ts';
import { calleeOf, isMember, memberName } from '../../src/workspace/syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../../src/workspace/syntax/parse.ts';

/** Members of Hono's context that make a response. */
const PLAIN = ['json', 'text', 'html', 'body', 'redirect', 'render', 'notFound', 'newResponse'];
/** Functions of Hono's packages that are given a context and make a response. */
const HONO: Readonly<Record<string, readonly string[]>> = {
  'hono/streaming': ['stream', 'streamText', 'streamSSE'],
};
/** Where Hono's application is made. */
const APPS: Readonly<Record<string, readonly string[]>> = {
  ...{ hono: ['Hono'], 'hono/tiny': ['Hono'], 'hono/quick': ['Hono'] },
  '@hono/zod-openapi': ['OpenAPIHono'],
};

/** How a place in the application makes its response. */
export type AnswerKind =
  /** A method of Hono's context. */
  | 'plain'
  /** A function of Hono's own packages: `streamSSE(c, …)`. */
  | 'hono'
  /** A function of a file that the conversion wrote: `json(c, …)`. */
  | 'support'
  /** `new Response(…)`. */
  | 'response';

export interface Answer {
  kind: AnswerKind;
  /** `c.json`, `json`, `new Response`. */
  name: string;
  file: string;
  line: number;
}

/**
 * Every place of a program in Hono that makes a response, by where values go, not by how they are named: a context is
 * what Hono hands to a function that is registered on an application, and a function of a support file answers when
 * what it returns is a response.
 *
 * @param generated files that the conversion wrote; what they do inside is not counted
 */
export function answersOf(modules: Modules, generated: ReadonlySet<string>): Answer[] {
  const flow = createFlow(modules, {
    // A method of an application gives the application back, as in `app.get(…).post(…)`.
    normalise: (callee) => (appMember(callee) === null ? null : callee.parent),
    tracks: (callee) => callee.origin === 'global' && callee.path.join('.') === 'Response',
  });
  const context = flow.marker('context');
  const response = flow.marker('response');
  for (const name of PLAIN) flow.setMember(context, name, flow.marker(`c.${name}`));
  const promises = followPromises(flow);
  const answers = new Map<SyntaxNode, Answer>();

  const note = (kind: AnswerKind, name: string, file: ParsedFile, node: SyntaxNode) => {
    const cell = flow.cellOf(node);
    if (cell !== null) flow.add(cell, response);
    if (generated.has(file.path)) return;
    answers.set(node, { kind, name, file: file.path, line: file.locate(node.start).line });
  };
  const handle = (call: ExternalCall) => {
    const { callee, file, node } = call;
    if (callee.kind === 'marker') {
      if (callee.name.startsWith('c.')) note('plain', callee.name, file, node);
      else promises.settle(callee, call);
      return;
    }
    promises.follow(call);
    if (callee.kind === 'unknown') return;
    registered(flow, call, (fn, position) => {
      const parameter = fn.parameters[position];
      if (parameter !== undefined) flow.add(parameter, context);
    });
    const name = callee.path.at(-1) ?? '';
    if (HONO[callee.module]?.includes(name)) note('hono', name, file, node);
    else if (isResponse(callee)) note('response', `new ${callee.path.join('.')}`, file, node);
  };
  // A call is reported before it has a place for what it gives: it waits until it has.
  const waiting: ExternalCall[] = [];
  flow.onExternalCall((call) => waiting.push(call));
  // What they import comes with them; scripts for browsers, which are there as well, do not.
  for (const path of modules.paths)
    if (modules.packagesOf(path).includes('hono') && !IS_TEST.test(path)) flow.include(path);
  flow.settle();
  for (let call = waiting.shift(); call !== undefined; call = waiting.shift()) {
    handle(call);
    flow.settle();
  }
  for (const answer of supportAnswers(flow, generated, { context, response }))
    answers.set(answer.node, answer.answer);
  return [...answers.values()].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line));
}

const IS_TEST = /(^|\/)(__tests__|tests?|spec)\/|\.(test|spec)\.[cm]?[jt]sx?$/;

/** What a promise settles to, which the analysis of values leaves open: `resolve(value)`, and what `then` gives back. */
function followPromises(flow: Flow) {
  const made = new Map<MarkerValue, Cell>();
  const functions = (argument: Cell | undefined, found: (fn: FunctionValue) => void) => {
    if (argument !== undefined) flow.read(argument, (value) => value.kind === 'function' && found(value));
  };
  return {
    follow({ callee, file, node, arguments: args }: ExternalCall) {
      const cell = flow.cellOf(node);
      if (cell === null) return;
      if (callee.kind === 'external' && callee.origin === 'global' && callee.path.join() === 'Promise') {
        const resolve = flow.marker(`resolve ${file.path}:${node.start}`);
        made.set(resolve, cell);
        functions(args[0], ({ parameters: [first] }) => first && flow.add(first, resolve));
      }
      const target = calleeOf(node);
      if (isMember(target) && /^(then|catch)$/.test(memberName(target) ?? ''))
        for (const argument of args) functions(argument, ({ returns }) => flow.flow(returns, cell));
    },
    settle(resolve: MarkerValue, { arguments: [value] }: ExternalCall) {
      const cell = made.get(resolve);
      if (cell !== undefined && value !== undefined) flow.flow(value, cell);
    },
  };
}

/** Calls in the application of functions of support files that are given a context and give back a response. */
function* supportAnswers(
  flow: Flow,
  generated: ReadonlySet<string>,
  { context, response }: Record<'context' | 'response', MarkerValue>,
) {
  for (const { file, node, callee, arguments: args } of flow.calls) {
    if (generated.has(file.path) || !args.some(({ values }) => values.has(context))) continue;
    if (!flow.cellOf(node)?.values.has(response)) continue;
    const isSupport = (value: Value) => value.kind === 'function' && generated.has(value.file.path);
    if (![...callee.values].some(isSupport)) continue;
    const { start, end } = calleeOf(node) ?? node;
    const name = file.text.slice(start, end);
    const answer: Answer = { kind: 'support', name, file: file.path, line: file.locate(node.start).line };
    yield { node, answer };
  }
}

/** Calls back for each function that a call hands to Hono, with the position of the context among its parameters. */
function registered(
  flow: Flow,
  { callee, arguments: args }: ExternalCall,
  found: (fn: FunctionValue, position: number) => void,
): void {
  if (callee.kind !== 'external') return;
  const member = appMember(callee);
  const isFactory = callee.module === 'hono/factory' && callee.path.at(-1) === 'createMiddleware';
  if (member === null && !isFactory) return;
  const take = (value: Value) => {
    if (value.kind === 'function') found(value, member === 'onError' ? 1 : 0);
    if (value.kind === 'array') flow.read(flow.elementsOf(value), take);
  };
  for (const argument of args) flow.read(argument, take);
}

/** The member of a Hono application that a value is: `get` for `app.get`; null for all others. */
function appMember({ module, path }: ExternalValue): string | null {
  const [made = '', call, member, ...rest] = path.filter((name) => name !== 'default');
  const isApp = call === '()' && APPS[module]?.includes(made) === true;
  return isApp && member !== undefined && rest.length === 0 ? member : null;
}

const isResponse = ({ origin, path: [name, member] }: ExternalValue): boolean =>
  origin === 'global' &&
  name === 'Response' &&
  (member === undefined || /^(json|redirect|error)$/.test(member));
