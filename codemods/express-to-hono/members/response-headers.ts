import {
  calleeOf,
  children,
  literalText,
  memberName,
  propertyKeyName,
  unwrap,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import type { Part } from '../../shared/edit/draft.ts';
import { parityName } from '../edit/imports.ts';
import { isStream } from '../facts/answers/stream-operations.ts';
import { memberNames, TERMINALS } from '../facts/units.ts';
import { nativeHeader } from '../native/headers.ts';
import { type Conversion, spanOf, type Unit } from '../state/conversion.ts';
import { leaveOut } from '../state/left-out.ts';
import type { HeaderStatements } from '../state/response-chain.ts';

/** Content types of the short names `res.type()` knows by extension, for those seen in practice. */
const SHORT_TYPES: Record<string, string> = {
  html: 'text/html',
  txt: 'text/plain',
  text: 'text/plain',
  json: 'application/json',
  xml: 'application/xml',
  css: 'text/css',
  csv: 'text/csv',
  js: 'text/javascript',
  png: 'image/png',
  jpg: 'image/jpeg',
  svg: 'image/svg+xml',
  pdf: 'application/pdf',
  bin: 'application/octet-stream',
};

/** Statements for a link that writes headers but does not answer; null when there is no rule. */
export function headerStatements(
  conversion: Conversion,
  unit: Unit,
  name: string,
  args: SyntaxNode[],
): HeaderStatements | null {
  const { context: c, work } = unit;
  const [first, second, third] = args;
  const text = (value: string) => work.layout.string(value);
  const call = (fn: string, ...given: SyntaxNode[]): HeaderStatements => ({
    statements: [
      [
        `${parityName(conversion, work, fn)}(${c}`,
        ...given.flatMap((arg): Part[] => [', ', spanOf(arg)]),
        ')',
      ],
    ],
  });
  const set = (key: string | Part[], value: SyntaxNode, express: boolean): HeaderStatements | null => {
    if (unwrap(value).type === 'ArrayExpression') {
      const list = parityName(conversion, work, 'setHeaderLines');
      const name: Part[] = typeof key === 'string' ? [text(key)] : key;
      if (typeof key !== 'string' || key.toLowerCase() === 'content-type') return null;
      return { statements: [[`${list}(${c}, `, ...name, ', ', spanOf(value), ')']] };
    }
    const header: Part[] = typeof key === 'string' ? [text(key)] : key;
    const isType = typeof key === 'string' && key.toLowerCase() === 'content-type';
    const literal = literalText(value);
    const early = isSeen(conversion, unit);
    if (isType && express && literal === null && early && conversion.idiomatic === null) {
      const full = parityName(conversion, work, 'withCharset');
      return { statements: [[`${c}.header(`, ...header, `, ${full}(`, spanOf(value), '))']], type: '?' };
    }
    if (
      isType &&
      express &&
      literal !== null &&
      (literal === 'text/event-stream' || early || conversion.idiomatic !== null)
    ) {
      return {
        statements: [[`${c}.header(`, ...header, `, ${text(withCharset(literal))})`]],
        type: literal,
      };
    }
    // Text of a type without its charset is read by guess.
    if (isType && express && literal === null && conversion.idiomatic !== null)
      return { ...call('setType', value), type: '?' };
    const parts: Part[] =
      typeof unwrap(value).value === 'number' ? [text(String(unwrap(value).value))] : valueParts(unit, value);
    return {
      statements: [[`${c}.header(`, ...header, ', ', ...parts, ')']],
      ...(isType ? { type: literal ?? '?' } : {}),
    };
  };
  const own = nativeHeader(conversion, unit, name, args);
  if (own !== null) return own;
  switch (name) {
    case 'set':
    case 'header':
    case 'setHeader': {
      const express = name !== 'setHeader';
      if (first !== undefined && second !== undefined && args.length === 2) {
        const key = literalText(first);
        return key === null ? set([spanOf(first)], second, false) : set(key, second, express);
      }
      if (first === undefined || second !== undefined || unwrap(first).type !== 'ObjectExpression')
        return null;
      return headerObject(unwrap(first), (key, value) => set(key, value, express));
    }
    case 'append':
      if (first === undefined || second === undefined || literalText(first) === null) return null;
      return call('appendHeader', first, second);
    case 'links':
      return first === undefined ? null : call('links', first);
    case 'type':
    case 'contentType': {
      if (first === undefined) return null;
      const given = literalText(first);
      const full = given?.includes('/') ? given : SHORT_TYPES[given?.replace(/^\./, '') ?? ''];
      if (full === undefined) return { ...call('setType', first), type: '?' };
      return {
        statements: [
          [
            `${c}.header(${text('Content-Type')}, ${text(conversion.idiomatic !== null || isSeen(conversion, unit) ? withCharset(full) : full)})`,
          ],
        ],
        type: full,
      };
    }
    case 'location':
      return first === undefined ? null : call('location', first);
    case 'vary':
      return first === undefined ? null : call('vary', first);
    case 'attachment':
      if (first !== undefined) leaveOut(conversion, work, first, 'file');
      return { ...call('attachment', ...args.slice(0, 1)), type: '?' };
    case 'cookie':
      return first === undefined || second === undefined || args.length > 3
        ? null
        : call('setCookie', first, second, ...(third === undefined ? [] : [third]));
    case 'clearCookie':
      return first === undefined || args.length > 2 ? null : call('clearCookie', ...args);
    case 'writeHead': {
      const status = first === undefined ? null : unwrap(first);
      if (status === null || typeof status.value !== 'number' || args.length > 2) return null;
      const object = second === undefined ? null : unwrap(second);
      if (object !== null && object.type !== 'ObjectExpression') return null;
      const headers =
        object === null ? { statements: [] } : headerObject(object, (key, value) => set(key, value, false));
      if (headers === null) return null;
      const chunked = !/^(1..|204|304)$/.test(String(status.value)) && !hasLength(headers);
      if (chunked && !isStream(unit) && conversion.idiomatic === null) {
        headers.statements.push([`${c}.header(${text('Transfer-Encoding')}, ${text('chunked')})`]);
      }
      const isThere = status.value === 200 && !setsStatus(conversion);
      const code: Part[][] = isThere ? [] : [[`${c}.status(${status.value})`]];
      return { ...headers, statements: [...code, ...headers.statements] };
    }
    case 'removeHeader':
      return first === undefined ? null : { statements: [[`${c}.header(`, spanOf(first), ', undefined)']] };
    default:
      return null;
  }
}

/** Whether a status is set anywhere apart from an answer: it may be there before another one is written. */
const setsStatus = ({ units }: Conversion): boolean =>
  [...units.values()].some(({ work, uses }) =>
    uses.some(({ node, role }) => {
      const names = role === 'res' ? memberNames(work, node) : [];
      return names.some((name) => /^status(Code)?$/.test(name)) && !TERMINALS.has(names.at(-1) ?? '');
    }),
  );

/** Node sends a body in chunks when the head was written before it, unless the head says how long it is. */
const hasLength = ({ statements }: HeaderStatements): boolean =>
  statements.some((parts) => /content-length|transfer-encoding/i.test(parts.map(String).join('')));

/** Whether a type that is set here may be seen, or sent, before the middleware that adds the charset. */
const isSeen = (conversion: Conversion, unit: Unit): boolean =>
  conversion.writesRaw ||
  streams(unit) ||
  (unit.uses.some(({ role }) => role === 'next') && [...conversion.units.values()].some(streams));

/** Express adds the charset when the header is set; what is streamed goes past the middleware that adds it here. */
const streams = (unit: Unit): boolean =>
  isStream(unit) ||
  unit.uses.some(({ node, role }) => role === 'res' && /^(pipe|pipeline)$/.test(calledWith(unit, node)));

function calledWith(unit: Unit, node: SyntaxNode): string {
  const call = unit.work.parents.get(node);
  const callee = call?.type === 'CallExpression' ? calleeOf(call) : null;
  return callee === null || callee === node ? '' : (memberName(callee) ?? String(callee.name ?? ''));
}

const withCharset = (type: string): string =>
  /^(text\/[\w.+-]+|application\/(json|javascript))$/.test(type) ? `${type}; charset=utf-8` : type;

/** A number that shows by its name is made text: Hono's types take strings only. JavaScript coerces by itself. */
function valueParts({ work }: Unit, value: SyntaxNode): Part[] {
  const isNumber = /^(length|size|count)$/.test(memberName(unwrap(value)) ?? '');
  return work.file.typescript && isNumber ? ['String(', spanOf(value), ')'] : [spanOf(value)];
}

/** One statement a property of `{ 'Cache-Control': … }`; null for spreads and computed keys. */
export function headerObject(
  object: SyntaxNode,
  set: (key: string, value: SyntaxNode) => HeaderStatements | null,
): HeaderStatements | null {
  const result: HeaderStatements = { statements: [] };
  for (const property of children(object, 'properties')) {
    const key = property.type === 'Property' ? propertyKeyName(property) : null;
    if (key === null || property.shorthand === true) return null;
    const one = set(key, property.value as SyntaxNode);
    if (one === null) return null;
    result.statements.push(...one.statements);
    if (one.type !== undefined) result.type = one.type;
  }
  return result;
}

/** A literal address as every runtime writes it, as Hono encodes only what is outside Latin-1; null where it is that already. */
export function encodedAddress(literal: string | null): string | null {
  if (literal === null || /^[ -~]*$|\p{Surrogate}/u.test(literal)) return null;
  return literal.replace(/[^ -~]+/gu, (part) => encodeURIComponent(part));
}
