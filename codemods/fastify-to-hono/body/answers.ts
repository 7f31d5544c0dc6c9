import { child, field, literalText, unwrap } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { hasEffects } from '../../../src/workspace/syntax/walk.ts';
import type { Part } from '../../shared/edit/draft.ts';
import { type FileWork, spanOf } from '../../shared/edit/work.ts';
import { type Answer, type Chain, typeIn } from '../members/chain.ts';
import { kindOf } from '../members/kinds.ts';
import { ask, packageEnd, packageFunction } from '../packages/use.ts';
import { isStatus, mayBeEmpty } from '../read/statuses.ts';
import { type Conversion, problem, type Unit, want } from '../state.ts';
import type { Frame } from './frame.ts';

/** What a value is answered with. `type`: what is known to be set as the type of the answer; null for nothing. */
export function valueAnswer(
  conversion: Conversion,
  work: FileWork,
  c: string,
  given: SyntaxNode | undefined,
  {
    status = null,
    type = null,
    mayBeTyped = false,
    mayBeEmptied = false,
    isShaped = conversion.facts.hasResponseSchemas,
  }: {
    status?: SyntaxNode | null;
    type?: string | null;
    mayBeTyped?: boolean;
    mayBeEmptied?: boolean;
    isShaped?: boolean;
  } = {},
): Part[] {
  const kind = kindOf(work, given);
  const { facts } = conversion;
  const code = (): Part[] => (status === null ? [] : [', ', ...statusPart(conversion, work, status)]);
  const value = given === undefined ? [] : [spanOf(given)];
  const isEmpty =
    status === null ? facts.setsEmpty || mayBeEmptied : mayBeEmpty(conversion.flow, work.file, status);
  const isUntyped = !facts.setsTypes && !mayBeTyped;
  if (kind === 'nothing' && isUntyped && type === null) return [`${c}.body(null`, ...code(), ')'];
  if (
    isUntyped &&
    type === null &&
    !isShaped &&
    !facts.hasSending &&
    isNoContent(status) &&
    given !== undefined &&
    !hasEffects(given)
  )
    return [`${c}.body(null`, ...code(), ')'];
  const isPlain = isUntyped && !isEmpty;
  if (isPlain && kind === 'json' && type === null && !isShaped)
    return [`${c}.json(`, ...value, ...code(), ')'];
  if (isPlain && kind === 'text' && type === null) return [`${c}.text(`, ...value, ...code(), ')'];
  if (isPlain && (kind === 'text' || kind === 'bytes') && type?.includes('/') && !type.includes('json'))
    return [`${c}.body(`, ...value, ...code(), ')'];
  const send = want(work, 'parity/answers', 'send');
  const sent = value.length === 0 && status !== null ? ['undefined'] : value;
  return [`${send}(${c}`, ...(sent.length > 0 ? [', ', ...sent] : []), ...code(), ')'];
}

/** A status, which is asked whether it is one where that is not known. */
export const statusPart = (conversion: Conversion, work: FileWork, status: SyntaxNode): Part[] =>
  isStatus(conversion.flow, work.file, status)
    ? [spanOf(status)]
    : [`${want(work, 'parity/answers', 'statusOf')}(`, spanOf(status), ')'];

/** The line that sets a status. */
const setting = (conversion: Conversion, work: FileWork, c: string, status: SyntaxNode): Part[] => [
  `${c}.status(`,
  ...statusPart(conversion, work, status),
  ')',
];

const isNoContent = (status: SyntaxNode | null): boolean => status !== null && unwrap(status).value === 204;

/** The lines that set headers and a status. */
export function preparing(conversion: Conversion, work: FileWork, chain: Chain, c: string): Part[][] {
  const lines: Part[][] = [];
  for (const { call, name, args } of chain.headers) {
    const [first, second] = args;
    const own = packageFunction(conversion, work, name);
    if (own !== null) {
      lines.push([`${own}(${c}`, ...args.flatMap((each): Part[] => [', ', spanOf(each)]), ')']);
      continue;
    }
    if (first === undefined) {
      problem(conversion, work.file, call, 'reply/header', 'a header without a name');
      continue;
    }
    if (name === 'type') lines.push([`${c}.header('Content-Type', `, spanOf(first), ')']);
    else if (name === 'removeHeader') lines.push([`${c}.header(`, spanOf(first), ', undefined)']);
    else if (name === 'headers')
      lines.push([
        'for (const [name, value] of Object.entries(',
        spanOf(first),
        `)) ${c}.header(name, String(value))`,
      ]);
    else {
      const isCookie = literalText(first)?.toLowerCase() === 'set-cookie';
      if (second !== undefined && unwrap(second).type === 'ArrayExpression')
        problem(conversion, work.file, second, 'reply/header', 'a header with several values');
      lines.push([
        `${c}.header(`,
        spanOf(first),
        ', ',
        ...(second === undefined ? ["''"] : headerValue(second)),
        isCookie ? ', { append: true })' : ')',
      ]);
    }
  }
  if (chain.status !== null && chain.ends === null) lines.push(setting(conversion, work, c, chain.status));
  return lines;
}

/** A header is text. */
function headerValue(node: SyntaxNode): Part[] {
  const inner = unwrap(node);
  if (inner.type === 'Literal' && typeof inner.value !== 'string') return ["'", spanOf(inner), "'"];
  const isText =
    inner.type === 'TemplateLiteral' || typeof inner.value === 'string' || field(inner, 'operator') === '+';
  return isText ? [spanOf(node)] : ['String(', spanOf(node), ')'];
}

/** What a whole chain answers; null where a problem was said. */
export function chainAnswer(
  { conversion, work, unit, c, mayBeTyped, mayBeEmptied }: Frame,
  chain: Chain,
  isCaught: boolean,
): Answer | null {
  if (chain.unknown !== null) {
    problem(
      conversion,
      work.file,
      chain.unknown.node,
      'reply/member',
      `\`reply.${chain.unknown.name}\` has no counterpart here`,
    );
    return null;
  }
  const before = preparing(conversion, work, chain, c);
  const { ends, status } = chain;
  if (ends === null) return null;
  if (ends.name === 'callNotFound') {
    if (conversion.beside) {
      problem(
        conversion,
        work.file,
        chain.node,
        'reply/member',
        'what answers where no route is found is Fastify’s',
      );
      return null;
    }
    const missing = want(work, 'parity/request', 'notFound');
    return {
      before: [...before, ...(status === null ? [] : [setting(conversion, work, c, status)])],
      value: [`${missing}(${c})`],
      how: 'return',
    };
  }
  if (ends.name === 'redirect') return redirect(conversion, work, chain, before, c);
  const own = packageEnd(conversion, ends.name);
  if (own !== null) {
    const given = ends.args.flatMap((each, index): Part[] =>
      index === 0 ? [spanOf(each)] : [', ', spanOf(each)],
    );
    const want = (module: string, name: string) => ask(conversion, work, module, name);
    return { before, ...own({ want, c, given, isCaught }) };
  }
  const [given] = ends.args;
  if (given !== undefined && isError(work, unit, given)) {
    const set: Part[][] = status === null ? [] : [setting(conversion, work, c, status)];
    if (!isCaught) return { before: [...before, ...set], value: [spanOf(given)], how: 'throw' };
    const send = want(work, 'parity/answers', 'send');
    return { before: [...before, ...set], value: [`${send}(${c}, `, spanOf(given), ')'], how: 'return' };
  }
  return {
    before,
    value: valueAnswer(conversion, work, c, given, {
      status,
      type: typeIn(chain),
      mayBeTyped,
      mayBeEmptied,
      isShaped: isShaped(conversion, unit),
    }),
    how: 'return',
  };
}

/** What is caught, what an error handler is given, and what is made as an error. */
function isError(work: FileWork, unit: Unit, given: SyntaxNode): boolean {
  if (kindOf(work, given) === 'error') return true;
  const inner = unwrap(given);
  const binding = inner.type === 'Identifier' ? work.bindings.bindingOf(inner) : null;
  if (binding === null) return false;
  return unit.parameters.some((each, index) => {
    const parameter = (unit.node.params as SyntaxNode[] | undefined)?.[index];
    return each === 'error' && parameter !== undefined && binding.node.start === parameter.start;
  });
}

function redirect(
  conversion: Conversion,
  work: FileWork,
  { ends, status }: Chain,
  before: Part[][],
  c: string,
): Answer | null {
  const [first, second] = ends?.args ?? [];
  if (first === undefined) return null;
  const known = (node: SyntaxNode) => isStatus(conversion.flow, work.file, node);
  // Fastify 4 takes the two in either order.
  const mayBeOld = conversion.facts.release === 4 && second !== undefined;
  const isOld = mayBeOld && known(first);
  if (mayBeOld && !isOld && kindOf(work, first) !== 'text' && !known(second)) {
    const reason = 'which argument of `reply.redirect` is the address is not known';
    problem(conversion, work.file, first, 'reply/redirect', reason);
  }
  const [url, code] = isOld ? [second, first] : [first, second ?? status];
  if (code ? !known(code) && code !== status : conversion.facts.setsStatus)
    return {
      before,
      value: [
        `${want(work, 'parity/answers', 'redirect')}(${c}, `,
        spanOf(url),
        ...(code ? [', ', spanOf(code)] : []),
        ')',
      ],
      how: 'return',
    };
  return {
    before,
    value: [
      `${c}.redirect(`,
      spanOf(url),
      ...(code ? [', ', ...statusPart(conversion, work, code)] : []),
      ')',
    ],
    how: 'return',
  };
}

/** Whether a return gives one of two answers. */
export const isChoice = (node: SyntaxNode): boolean => unwrap(node).type === 'ConditionalExpression';

export const choices = (node: SyntaxNode): SyntaxNode[] =>
  [child(unwrap(node), 'consequent'), child(unwrap(node), 'alternate')].filter((each) => each !== null);

/** Whether the answers of a function may be written by a schema. */
export const isShaped = ({ facts }: Conversion, { node, roles }: Unit): boolean =>
  roles.size === 1 && roles.has('handler') ? facts.shaped.has(node) : facts.hasResponseSchemas;
