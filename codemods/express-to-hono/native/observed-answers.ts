import { functionsIn, packagesOf } from '../../../src/workspace/express/registrations.ts';
import {
  argumentsOf,
  calleeOf,
  child,
  children,
  isIdentifier,
  isMember,
  literalText,
  memberName,
  unwrap,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { findAll } from '../../../src/workspace/syntax/walk.ts';
import { mayHaveNoBody } from '../facts/answers/bodiless.ts';
import { setsTypeHeader } from '../facts/answers/type-headers.ts';
import { kindOf } from '../facts/answers/value-kinds.ts';
import { memberAt } from '../facts/request-members.ts';
import { registrationsOf } from '../facts/routes/registrations.ts';
import { memberNames } from '../facts/units.ts';
import type { Conversion, Unit } from '../state/conversion.ts';
import type { ReplacedAnswer } from '../state/replaced-answer.ts';
import { holds } from '../state/worlds.ts';
import { asksMoreThanJson, changesValue } from './changed-values.ts';
import { isNative } from './decide.ts';
import { callsOf, type ResponseCall } from './response-calls.ts';

/** How what a replaced `res.json` or `res.send` looked at is told from other answers, or why it cannot be. */
export type Seen = SeenTypes | { reason: string };

/** How they are told. */
export interface SeenTypes {
  types: 'json' | 'text' | 'all';
  /** Whether it was asked about answers without a body as well, which are all there are with 204. */
  isEmpty?: boolean;
  /** Whether a status may be one that goes without the body it was asked about. */
  isOpen?: boolean;
}

/**
 * Which answers came to a function in the place of `res.json` or `res.send`: those of the handlers behind its middleware,
 * and of error handlers. In Hono all answers are there after `next()`, and theirs are known by their Content-Type.
 */
export function seenAnswers(conversion: Conversion, replaced: ReplacedAnswer): Seen {
  const { by, unit } = replaced;
  if (by === 'end') return { types: 'all' };
  const isBehind = behind(conversion, unit);
  const calls = (names: RegExp) => callsOf(conversion, names).filter((each) => isBehind(each.unit));
  const sent = calls(/^(json|send)$/);
  const typed = [...conversion.units.values()].find((each) => isBehind(each) && mayType(each, sent));
  if (typed !== undefined)
    return {
      reason: `an answer of \`${typed.fn.name}\` may be of another type than \`res.${by}\` gives it, or be of that type without it`,
    };
  if (calls(/^(jsonp|format|writeHead)$/).length > 0)
    return {
      reason: `what is answered by \`res.jsonp\`, \`res.format\` and \`res.writeHead\` is not told from the rest`,
    };
  if (sent.some((each) => each.args.length > 0 && GOES_BARE.test(statusOf(each))))
    return { reason: 'what it was given goes without its body, as its status says' };
  const isOpen = mayHaveNoBody(conversion);
  if (replaced.instead !== null) {
    if (conversion.idiomatic === null) return { reason: 'it sends something else than it is given' };
    const other = otherJson(conversion);
    if (other !== null) return { reason: `JSON of ${other} would be changed as well` };
    if (conversion.settings.json.length > 0)
      return { reason: 'the application says how its JSON is written' };
  }
  if (by === 'json') return { types: 'json', isOpen };
  const bare = calls(/^(sendStatus|send)$/).filter(
    ({ name, args }) => name === 'sendStatus' || args.length === 0,
  );
  const isEmpty =
    bare.length > 0 && !isOpen && calls(/^end$/).every((each) => /^(?!204)\d{3}$/.test(statusOf(each)));
  const typeless = bare.find((each) => !isEmpty || each.name === 'sendStatus' || statusOf(each) !== '204');
  if (typeless !== undefined)
    return {
      reason: `\`res.${typeless.name}()\` came to it as well, and its answer is not told from those that did not`,
    };
  const sends = calls(/^send$/).filter(({ args }) => args.length > 0);
  const isText = ({ unit: { work }, args: [body] }: ResponseCall) =>
    body !== undefined && kindOf(work, body) === 'text';
  if (!sends.every(isText) && !isRepeatable(replaced))
    return { reason: 'what is no text came to it twice, as it was and as its text' };
  if (sends.some(({ unit: { work }, args: [body] }) => body === undefined || kindOf(work, body) === 'bytes'))
    return { reason: 'bytes came to it as they are' };
  if (sends.length === 0 && calls(/^render$/).length === 0) return { types: 'json', isEmpty, isOpen };
  // Pages of Express's own, and what it says of a redirect, are HTML as well.
  const isPlain = (redirect: ResponseCall) => {
    const [status, url] = redirect.args.length > 1 ? redirect.args : [undefined, redirect.args[0]];
    return (status === undefined || unwrap(status).type === 'Literal') && literalText(url) !== 'back';
  };
  if (!isNative(conversion, 'error-page') || !calls(/^redirect$/).every(isPlain))
    return { reason: "text of the application's own is not told from Express's pages" };
  return { types: 'text', isEmpty, isOpen };
}

const GOES_BARE = /^(204|205|304|no_?content|reset_?content|not_?modified)$/i;

/** The status that the chain of a call gives its answer: as a number, by the name of a constant, or `unknown`. */
function statusOf({ chain }: ResponseCall): string {
  const call = chain.find(({ name }) => name === 'status')?.call;
  const code = call === undefined || call === null ? undefined : argumentsOf(call)[0];
  if (typeof code?.value === 'number') return String(code.value);
  return memberName(code) ?? 'unknown';
}

/** Whether a function may answer behind a middleware. */
function behind({ units }: Conversion, unit: Unit): (other: Unit) => boolean {
  if (isOfAll(unit)) return () => true;
  const { fn } = unit;
  const own = registrationsOf(fn);
  const isLeft = own.some(({ handlers }) =>
    handlers.some((argument, at) => {
      const functions = functionsIn(argument);
      const isLast = at === handlers.length - 1;
      if (isLast && (functions.length === 0 || functions.includes(fn))) return true;
      return functions.some((each) => goesOn(units.get(each.node), isLast));
    }),
  );
  if (isLeft) return () => true;
  const handlers = new Set(
    own.flatMap((each) => each.handlers.flatMap((argument) => [...functionsIn(argument)])),
  );
  // Helpers answer for who calls them: that none of them is called here is not asked.
  return (other) => !/^(handler|middleware|param)$/.test(other.fn.kind) || handlers.has(other.fn);
}

/** Whether a handler may leave the request to what is registered after its route: the last one by `next()`, others by `next('route')`. */
const goesOn = (unit: Unit | undefined, isLast: boolean): boolean =>
  unit === undefined ||
  unit.uses.some(({ node, role }) => {
    if (role !== 'next') return false;
    const call = unit.work.parents.get(node);
    const isCalled = call?.type === 'CallExpression' && calleeOf(call) === node;
    const [given] = isCalled ? argumentsOf(call) : [];
    return literalText(given) !== null || (isLast && (!isCalled || given === undefined));
  });

/** Whether a middleware stands before routers and handlers that it does not name. */
const isOfAll = ({ fn }: Unit): boolean => {
  const own = registrationsOf(fn);
  return own.length === 0 || own.some(({ method }) => method === 'use');
};

/** Middleware that answers nothing, or answers in Express's own ways. */
const NO_JSON =
  /^(body-parser|compression|connect-flash|cookie-parser|cookie-session|cors|express|express-mongo-sanitize|express-rate-limit|express-session|express-slow-down|express-validator|helmet|hpp|method-override|morgan|multer|nocache|pino-http|response-time|xss-clean)$/;

/** What may answer JSON past `res.json`: packages and files. */
function otherJson({ program, units }: Conversion): string | null {
  const other = packagesOf(program).find(
    ({ package: name, member }) => !NO_JSON.test(name) || member === 'static',
  );
  if (other !== undefined) return `\`${other.package}\``;
  const files = [...units.values()].some((unit) =>
    unit.uses.some(
      ({ node, role }) =>
        role === 'res' &&
        memberNames(unit.work, node).some((name) => /^(sendFile|sendfile|download)$/.test(name)),
    ),
  );
  return files ? 'files' : null;
}

/** Whether packages, files or streams answer JSON that never was `res.json`'s. */
export const mayAnswerOtherwise = (conversion: Conversion): boolean =>
  packagesOf(conversion.program).some(
    ({ package: name, member }) => name !== 'express' || member === 'static',
  ) || callsOf(conversion, /^(sendFile|sendfile|download)$/).length > 0;

/** Whether a function sets a type that may be JSON or HTML, or one that its own JSON goes out with. */
function mayType(unit: Unit, sent: readonly ResponseCall[]): boolean {
  const { work } = unit;
  return unit.uses.some(({ node, role }) => {
    if (role !== 'res') return false;
    const names = memberNames(work, node);
    const sets =
      names.some((name) => /^(type|contentType|attachment)$/.test(name)) || setsTypeHeader(work, node);
    if (!sets) return false;
    const answersData = sent.some((each) => each.unit === unit);
    const texts = textsIn(work.parents, node);
    return answersData || texts.length === 0 || texts.some((text) => /json|html/i.test(text));
  });
}

/** Texts that the calls of a chain are given. */
function textsIn(parents: ReadonlyMap<SyntaxNode, SyntaxNode>, root: SyntaxNode): string[] {
  const texts: string[] = [];
  for (let node = root, up = parents.get(node); up !== undefined; node = up, up = parents.get(up)) {
    if (up.type === 'CallExpression' && calleeOf(up) === unwrap(node))
      texts.push(...argumentsOf(up).flatMap((each) => literalText(each) ?? []));
    else if (!isMember(up) || child(up, 'object') !== node) return texts;
  }
  return texts;
}

/** Whether it makes no difference that a function runs a second time, with the text: it only sets variables anew. */
const isRepeatable = ({ given, observed, unit: { work } }: ReplacedAnswer): boolean =>
  observed.every((statement) => {
    const test = statement.type === 'IfStatement' ? child(statement, 'test') : null;
    const isThere = isIdentifier(test) && work.bindings.bindingOf(test) === given.bindings[0];
    if (statement.type === 'IfStatement' && (!isThere || child(statement, 'alternate') !== null))
      return false;
    const only = child(statement, 'consequent') ?? statement;
    const inner = only.type === 'BlockStatement' ? children(only, 'body') : [only];
    return inner.every((each) => {
      const assignment = each.type === 'ExpressionStatement' ? child(each, 'expression') : null;
      return assignment?.type === 'AssignmentExpression' && assignment.operator === '=';
    });
  });

const CHANGED = 'it changes what is sent';

/** `args[0]`, which is handed to nobody. */
const isFirst = (member: SyntaxNode | undefined): boolean => memberName(member) === '0';

/** Why what a function in the place of `res.json` does keeps its moment; null where it may run once the answer is there. */
export function whyObservedStays(conversion: Conversion, replaced: ReplacedAnswer): string | null {
  const { by, fn, given, instead, sendsLast, unit } = replaced;
  const observed = instead === null ? replaced.observed : [...replaced.observed, instead];
  const { work } = unit;
  const all = (...types: string[]) => observed.flatMap((each) => findAll(each, ...types));
  for (const binding of given.bindings) {
    if (binding.references.some(({ write, node }) => write && node !== binding.node)) return CHANGED;
    const reads = binding.references.filter(({ node }) => observed.some((each) => holds(each, node)));
    if (by === 'end' && reads.length > 0) return 'it reads the bytes that are sent';
    if (given.isRest && !reads.every(({ node }) => isFirst(work.parents.get(node)))) return CHANGED;
    if (by === 'json' && asksMoreThanJson(work.bindings, fn, binding))
      return 'it asks for what is no part of the JSON that is sent';
    if (changesValue(conversion.program.files, work.bindings, fn, binding)) return CHANGED;
  }
  if (all('VariableDeclaration').some(({ kind }) => kind === 'var')) return 'it declares a variable by `var`';
  if (all('Identifier').some(({ name }) => name === 'arguments')) return '`arguments` is read';
  if (instead !== null && !sendsLast) return 'it goes on once the answer is sent';
  const waits = all('AwaitExpression').length > 0;
  if (waits && !sendsLast) return 'it waits for something once the answer is sent';
  const isOwn = (node: SyntaxNode) => {
    const member = work.parents.get(node);
    return (
      fn.type !== 'ArrowFunctionExpression' && memberName(member) === 'statusCode' && !isSet(replaced, member)
    );
  };
  if (!all('ThisExpression').every(isOwn)) return '`this` is used for more than the status';
  const inside = unit.uses.filter(({ node }) => observed.some((each) => holds(each, node)));
  for (const { node, role } of inside) {
    if (role === 'next') return '`next` is called in it';
    const member = memberAt(work, node);
    const name = memberName(member);
    if (role === 'req') {
      if (isOfAll(unit) && (name === null || /^(params|route)$/.test(name)))
        return 'the route that has answered is asked for';
      if (isSet(replaced, member ?? undefined)) return '`req` is changed in it';
      continue;
    }
    if (name === 'locals') {
      if (isLeftToOthers(conversion, replaced, member))
        return 'what it leaves in `res.locals` is read elsewhere';
      continue;
    }
    if (name === 'statusCode' && !isSet(replaced, member ?? undefined)) continue;
    if (name !== null && /^(get|getHeader)$/.test(name)) continue;
    if (name !== null && /^(set|setHeader|header)$/.test(name) && sendsLast && !setsTypeHeader(work, node))
      continue;
    return `\`res.${name ?? '[…]'}\` is used in it`;
  }
  return null;
}

/** Whether a name of `res.locals` that is set is met outside the middleware: by a listener of another one, before it is set. */
function isLeftToOthers(
  { program }: Conversion,
  replaced: ReplacedAnswer,
  locals: SyntaxNode | null,
): boolean {
  const { fn, work } = replaced.unit;
  const member = locals === null ? undefined : work.parents.get(locals);
  if (!isMember(member)) return true;
  const name = memberName(member);
  if (!isSet(replaced, member)) return false;
  return program.files.some(({ program: root }) =>
    findAll(root, 'Identifier', 'Literal').some(
      (each) => (each.name ?? each.value) === name && !(root === work.file.program && holds(fn.node, each)),
    ),
  );
}

const isSet = ({ unit: { work } }: ReplacedAnswer, member: SyntaxNode | undefined): boolean => {
  const up = member === undefined ? undefined : work.parents.get(member);
  return (
    up?.type === 'UpdateExpression' || (up?.type === 'AssignmentExpression' && child(up, 'left') === member)
  );
};
