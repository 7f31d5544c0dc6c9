import {
  argumentsOf,
  children,
  literalText,
  propertyKeyName,
  unwrap,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { hasEffects } from '../../../src/workspace/syntax/walk.ts';
import type { Part } from '../../shared/edit/draft.ts';
import { type FileWork, spanOf, textOf } from '../../shared/edit/work.ts';
import { bodyKind } from '../facts/body-kind.ts';
import { type Conversion, type Lent, leaveOut, want } from '../state/conversion.ts';

/** What a path answers with. */
export type Answer =
  | { kind: 'body'; value: SyntaxNode; place: SyntaxNode }
  | { kind: 'redirect'; to: SyntaxNode; place: SyntaxNode }
  /** By a function that a package puts on the context. */
  | { kind: 'lent'; lent: Lent; call: SyntaxNode; place: SyntaxNode }
  /** A status and no body: Koa sends its name. */
  | { kind: 'status'; place: SyntaxNode }
  | { kind: 'none'; place: SyntaxNode };

/** The status that an answer is given, as far as the path says. */
export interface Status {
  node: SyntaxNode;
  /** It was written to the context (`c.status(…)`) and needs not be said again. */
  isSet: boolean;
  /** It is said after the body: one that is nothing keeps it. */
  isLate?: true;
}

export interface Answering {
  cv: Conversion;
  work: FileWork;
  c: string;
  /** The path has set a content type. */
  typed: boolean;
}

/** Statuses without a body. Source: the package `statuses` that Koa uses. */
const EMPTY = new Set([204, 205, 304]);

/** Names of statuses, as Koa sends them. Source: `http.STATUS_CODES`, which `statuses` is made of. */
const NAMES: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  400: 'Bad Request',
  401: 'Unauthorized',
  402: 'Payment Required',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  409: 'Conflict',
  410: 'Gone',
  412: 'Precondition Failed',
  413: 'Payload Too Large',
  415: 'Unsupported Media Type',
  418: "I'm a Teapot",
  422: 'Unprocessable Entity',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

/** The number that a status is written as, or null. */
export function numberOf(node: SyntaxNode | undefined): number | null {
  const inner = node === undefined ? undefined : unwrap(node);
  return inner?.type === 'Literal' && typeof inner.value === 'number' ? inner.value : null;
}

/** The expression that makes the response of an answer, or why it has no rule. */
export function answerParts(to: Answering, answer: Answer, status: Status | null): Part[] | string {
  const { cv, work, c } = to;
  const code = status === null || status.isSet ? null : status.node;
  const said: Part[] = code === null ? [] : [', ', ...statusParts(to, code)];
  switch (answer.kind) {
    case 'none':
      return [`${c}.notFound()`];
    case 'redirect': {
      leaveOut(cv, work.file, answer.place, 'redirect-body');
      if (literalText(answer.to) === 'back') return 'where `back` leads is known only when it runs';
      const number = numberOf(status?.node);
      const isRedirect = number !== null && number >= 300 && number < 400;
      if (status !== null && !isRedirect) return 'the status of a redirect is not written out there';
      // Koa encodes what may not stand in an address.
      const isWritten = /^\/(?!\/)[\w./~?=&-]*$/.test(literalText(answer.to) ?? '');
      const to: Part[] =
        isWritten || cv.beside
          ? [spanOf(answer.to)]
          : [`${want(cv, work, 'support', 'location')}(`, spanOf(answer.to), ')'];
      return [`${c}.redirect(`, ...to, ...said, ')'];
    }
    case 'status': {
      const number = cv.beside ? null : numberOf(status?.node);
      if (status === null || number === null)
        return [
          `${want(cv, work, 'support', 'statusAnswer')}(${c}, `,
          ...(code === null ? [`${c}.res.status`] : [spanOf(code)]),
          ')',
        ];
      if (EMPTY.has(number)) return [`${c}.body(null, `, spanOf(status.node), ')'];
      const name = number === 418 && cv.koa === 2 ? "I'm a teapot" : NAMES[number];
      return name === undefined
        ? `the name of status ${number} is not known`
        : [`${c}.text(${work.layout.string(name)}, `, spanOf(status.node), ')'];
    }
    case 'lent':
      if (code !== null) return 'a status is said beside a function of a package that answers';
      if (hasKey(answer.call, answer.lent.without))
        return `what \`${answer.lent.without}\` does there was not compared`;
      return lentParts(to, answer);
    case 'body':
      return bodyParts(to, answer.value, status, said);
  }
}

/** Whether an argument of a call is an object that has a name. */
const hasKey = (call: SyntaxNode, name: string | undefined): boolean =>
  name !== undefined &&
  argumentsOf(call).some(
    (argument) =>
      argument.type === 'ObjectExpression' &&
      children(argument, 'properties').some((property) => propertyKeyName(property) === name),
  );

/** `render(c, 'index', { title })`. */
export function lentParts(
  { cv, work, c }: Pick<Answering, 'cv' | 'work' | 'c'>,
  { lent, call, place }: { lent: Lent; call: SyntaxNode; place: SyntaxNode },
): Part[] {
  return [
    `${place.type === 'AwaitExpression' ? 'await ' : ''}${want(cv, work, 'support', lent.support)}(${c}`,
    ...(lent.first === undefined ? [] : [`, ${lent.first}`]),
    ...argumentsOf(call).flatMap((argument): Part[] => [', ', spanOf(argument)]),
    ')',
  ];
}

function statusParts({ work }: Answering, code: SyntaxNode): Part[] {
  if (!work.file.typescript || numberOf(code) !== null) return [spanOf(code)];
  return ['(', spanOf(code), ') as ContentfulStatusCode'];
}

function bodyParts(
  to: Answering,
  value: SyntaxNode,
  status: Status | null,
  said: readonly Part[],
): Part[] | string {
  const { cv, work, c, typed } = to;
  const isLate = status?.isLate === true;
  const number = cv.beside && !isLate ? null : numberOf(status?.node);
  // Where Koa stays, who is around sees the body go as the status is said.
  const isGone = cv.beside && isLate && (number === null || EMPTY.has(number));
  if (number !== null && EMPTY.has(number) && !(isGone && hasEffects(value)))
    return hasEffects(value)
      ? `a body that a ${number} does not send is computed`
      : [`${c}.body(null, `, spanOf((status as Status).node), ')'];
  const kind = bodyKind(work.bindings, value);
  const written = needsParentheses(value) ? ['(', spanOf(value), ')'] : [spanOf(value)];
  const mayBeNothing = kind === 'null' || kind === 'unknown';
  if (isGone || (isLate && mayBeNothing))
    return [`${want(cv, work, 'support', 'answerLate')}(${c}, `, ...written, ...said, ')'];
  if (kind === 'null' && !cv.beside) return [`${c}.body(null, 204)`];
  if (kind === 'json') return [`${c}.json(`, ...written, ...said, ')'];
  const isText = kind === 'text' || kind === 'html' || kind === 'string';
  if (isText && typed) return [`${c}.body(`, ...written, ...said, ')'];
  if (kind === 'html' && !cv.setsTypeEarly) return [`${c}.html(`, ...written, ...said, ')'];
  if (kind === 'text' && !cv.setsTypeEarly) return [`${c}.text(`, ...written, ...said, ')'];
  if (typed || cv.setsTypeEarly)
    return [`${want(cv, work, 'support', 'answerTyped')}(${c}, `, ...written, ...said, ')'];
  return [`${want(cv, work, 'support', 'answer')}(${c}, `, ...written, ...said, ')'];
}

const needsParentheses = (node: SyntaxNode): boolean => node.type === 'SequenceExpression';

/** A status that may be said again later without anything happening twice. */
export const isPlain = (work: FileWork, node: SyntaxNode): boolean => {
  const inner = unwrap(node);
  if (inner.type === 'Literal') return true;
  if (inner.type === 'Identifier') return work.bindings.bindingOf(inner)?.kind === 'const';
  return (
    /^(MemberExpression|LogicalExpression|ConditionalExpression)$/.test(inner.type) &&
    !hasEffects(inner) &&
    textOf(work, inner).length < 80
  );
};
