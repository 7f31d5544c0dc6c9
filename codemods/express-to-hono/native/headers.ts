import { children, literalText, propertyKeyName, unwrap } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import type { Part } from '../../shared/edit/draft.ts';
import { importName, parityName } from '../edit/imports.ts';
import { typeOfName } from '../facts/answers/types-of-names.ts';
import { isText, kindOf } from '../facts/answers/value-kinds.ts';
import { type Conversion, type FileWork, spanOf, type Unit } from '../state/conversion.ts';
import { leaveOut } from '../state/left-out.ts';
import type { HeaderStatements } from '../state/response-chain.ts';
import { honoOptions, listed, signedOptions } from './cookies.ts';
import { isNative } from './decide.ts';

/** Text that stands in a header as it is. */
const PLAIN = /^[!-~]+$/;

/** What Hono's own `c.header` does as well; null where it takes more than that. */
export function nativeHeader(
  conversion: Conversion,
  unit: Unit,
  name: string,
  args: readonly SyntaxNode[],
): HeaderStatements | null {
  const { context: c, work } = unit;
  const [first, second, third] = args;
  if (conversion.idiomatic === null) return null;
  const { layout } = work;
  if (first === undefined)
    return name === 'attachment'
      ? {
          statements: [
            [`${c}.header(${layout.string('Content-Disposition')}, ${layout.string('attachment')})`],
          ],
        }
      : null;
  const text = (value: string) => work.layout.string(value);
  const header = (field: string, ...value: Part[]): Part[] => [`${c}.header(${text(field)}, `, ...value, ')'];
  const literal = literalText(first);
  const append = `, { append: true }`;
  switch (name) {
    case 'location':
      if (literal === null && isNative(conversion, 'location') && isOneText(work, first))
        return { statements: [header('Location', spanOf(first), '.replace(/[^!-~]+/g, encodeURI)')] };
      if (literal === null || literal === 'back' || !PLAIN.test(literal)) return null;
      return { statements: [header('Location', spanOf(first))] };
    case 'vary': {
      if (literal === null || !/^[\w-]+$/.test(literal)) return null;
      leaveOut(conversion, work, first, 'header-lines', 'vary');
      return { statements: [header('Vary', spanOf(first), append)] };
    }
    case 'set':
    case 'header': {
      if (args.length > 1 || literal !== null || unwrap(first).type === 'ObjectExpression') return null;
      leaveOut(conversion, work, first, 'charset');
      const set = parityName(conversion, work, 'setHeaders');
      return { statements: [[`${set}(${c}, `, spanOf(first), ')']], type: '?' };
    }
    case 'append': {
      if (literal === null || second === undefined || !isNative(conversion, 'header-lines')) return null;
      const isOne = work.file.typescript ? isText(second) : unwrap(second).type !== 'ArrayExpression';
      if (!isOne || /^content-type$/i.test(literal)) return null;
      if (!/^set-cookie$/i.test(literal))
        leaveOut(conversion, work, first, 'header-lines', literal.toLowerCase());
      return { statements: [header(literal, spanOf(second), append)] };
    }
    case 'attachment': {
      const type = typeOfName(first);
      if (type === null) return null;
      const disposition = dispositionOf(conversion, work, first);
      return {
        statements: [header('Content-Type', text(type)), header('Content-Disposition', ...disposition)],
        type,
      };
    }
    case 'cookie': {
      if (second === undefined || !isNative(conversion, 'set-cookie')) return null;
      const options = honoOptions(work, third);
      const signed = signedOptions(third);
      if (options !== null) {
        const value = cookieValue(conversion, unit, second, signed?.isSigned === true);
        const set = importName(conversion, work, 'hono/cookie', 'setCookie');
        return { statements: [[`${set}(${c}, `, spanOf(first), ', ', ...value, ...options, ')']] };
      }
      if (signed === null) return null;
      const value: Part[] = signed.isSigned
        ? [`${parityName(conversion, work, 'signed')}(${c}, `, spanOf(second), ')']
        : [spanOf(second)];
      const set = parityName(conversion, work, 'setCookie');
      return { statements: [[`${set}(${c}, `, spanOf(first), ', ', ...value, ...signed.rest, ')']] };
    }
    case 'clearCookie': {
      if (!isNative(conversion, 'clear-cookie')) return null;
      const object = second === undefined ? null : unwrap(second);
      if (object !== null && object.type !== 'ObjectExpression') return null;
      const kept = object === null ? [] : children(object, 'properties');
      const given = kept.filter((each) => !/^(maxAge|expires|signed)$/.test(propertyKeyName(each) ?? ''));
      const options = [...listed(given), given.length === 0 ? '' : ', ', 'expires: new Date(0)'];
      const set = importName(conversion, work, 'hono/cookie', 'setCookie');
      return { statements: [[`${set}(${c}, `, spanOf(first), `, ${text('')}, { `, ...options, ' })']] };
    }
    default:
      return null;
  }
}

/** What a cookie is sent with: text as it is, a number as text, and what may be an object as Express writes one. */
function cookieValue(
  conversion: Conversion,
  { context: c, work }: Unit,
  value: SyntaxNode,
  isSigned: boolean,
): Part[] {
  const parity = (name: string, ...before: string[]): Part[] => [
    `${parityName(conversion, work, name)}(${before.map((each) => `${each}, `).join('')}`,
    spanOf(value),
    ')',
  ];
  if (isSigned) return parity('signed', c);
  const literal = unwrap(value).value;
  if (/^(number|boolean)$/.test(typeof literal)) return [work.layout.string(String(literal))];
  return kindOf(work, value) === 'text' ? [spanOf(value)] : parity('cookieText');
}

/** The Content-Disposition with which a client saves what it gets under a name. */
export function dispositionOf(conversion: Conversion, work: FileWork, name: SyntaxNode): Part[] {
  const literal = literalText(name);
  if (literal !== null && /^[ !#-.0-[\]-~]+$/.test(literal)) {
    const isToken = conversion.version === 5 && /^[\w!#$%&'*+.^`|~-]+$/.test(literal);
    return [work.layout.string(`attachment; filename=${isToken ? literal : `"${literal}"`}`)];
  }
  leaveOut(conversion, work, name, 'file');
  return [`${parityName(conversion, work, 'attachmentOf')}(`, spanOf(name), ')'];
}

/** A value that a method of text can be called on where it stands. */
const isOneText = (work: FileWork, node: SyntaxNode): boolean =>
  /^(TemplateLiteral|Identifier|MemberExpression|CallExpression)$/.test(unwrap(node).type) &&
  (kindOf(work, node) === 'text' || !work.file.typescript);
