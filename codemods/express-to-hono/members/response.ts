import { STATUS_CODES } from 'node:http';
import {
  argumentsOf,
  type ChainLink,
  calleeChain,
  isFunction,
  isIdentifier,
  literalText,
  unwrap,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { hasEffects } from '../../../src/workspace/syntax/walk.ts';
import type { Part } from '../../shared/edit/draft.ts';
import { parityName } from '../edit/imports.ts';
import { mayBeFresh, mayHaveType } from '../facts/answers/answer-state.ts';
import { mayHaveNoBody, sendsNoBody } from '../facts/answers/bodiless.ts';
import { isOpenStatus } from '../facts/answers/open-status.ts';
import { localFunction, readSendCallback } from '../facts/answers/send-callbacks.ts';
import { isStatusSeen } from '../facts/answers/status-order.ts';
import { isText, kindOf, mayBeFunction } from '../facts/answers/value-kinds.ts';
import { appsOf } from '../facts/routes/sub-apps.ts';
import { TERMINALS } from '../facts/units.ts';
import { endedBody, isUsual, knownBody, sendOf, smallRest } from '../native/answers.ts';
import { isNative } from '../native/decide.ts';
import { type Conversion, claim, refuse, remark, spanOf, textOf, type Unit } from '../state/conversion.ts';
import { leaveOut } from '../state/left-out.ts';
import type { Gathered, ResponseChain } from '../state/response-chain.ts';
import { encodedAddress, headerStatements } from './response-headers.ts';
import { mayBeText, statusParts } from './status.ts';

/** The links of a chain that starts at a `res` of ours, or null. */
export function responseLinks(
  conversion: Conversion,
  expression: SyntaxNode,
): { unit: Unit; links: ChainLink[] } | null {
  const links = calleeChain(expression);
  const root = links[0];
  if (root === undefined || root.call !== null || links.length < 2) return null;
  const role = conversion.roles.get(root.node);
  if (role?.role !== 'res' || role.unit.handle === 'stream') return null;
  return links.slice(1).every((link) => link.call !== null && link.name !== null)
    ? { unit: role.unit, links }
    : null;
}

/**
 * Reads `res.status(201).location(url).json(note)` as Hono statements: `c.header('Location', url)` and the response
 * `c.json(note, 201)`. Records a problem and returns null for a member it has no rule for.
 */
export function readResponse(conversion: Conversion, expression: SyntaxNode): ResponseChain | null {
  const chain = responseLinks(conversion, expression);
  if (chain === null) return null;
  const { unit, links } = chain;
  const { context, work } = unit;
  const gathered: Gathered = { before: [], status: null, statusNumber: null, isOpen: false, type: null };
  const fail = (link: ChainLink, reason: string) => {
    refuse(conversion, work, link.node, 'response', reason, unit);
    return null;
  };
  const root = links[0];
  if (root !== undefined) claim(conversion, root.node);
  for (const [index, link] of links.entries()) {
    if (index === 0 || link.call === null || link.name === null) continue;
    const args = argumentsOf(link.call);
    if (args.some((arg) => arg.type === 'SpreadElement')) return fail(link, 'arguments are spread');
    if (gathered.status !== null && isStatusSeen(conversion, unit, gathered.statusNumber, args)) {
      gathered.before.push([`${context}.status(`, ...gathered.status, ')']);
      gathered.status = null;
    }
    if (TERMINALS.has(link.name)) {
      for (const after of links.slice(index + 1)) {
        if (!RETURNS_RESPONSE.has(link.name) || !isIdle(after))
          return fail(link, `\`.${link.name}()\` is followed by more calls on the response`);
        if (after.name === 'status') remark(conversion, work, after.node, 'response/late', LATE_STATUS);
      }
      const value = terminal(conversion, unit, link.name, args, gathered);
      if (value === null) return fail(link, `\`res.${link.name}\` with these arguments has no rule`);
      return { before: gathered.before, value, rule: `response/${link.name}` };
    }
    if (link.name === 'status') {
      const [code] = args;
      if (code === undefined || args.length > 1) return fail(link, '`res.status` needs one argument');
      const text = literalText(code);
      if (
        text === null
          ? mayBeText(conversion, work, code)
          : conversion.version === 5 || !/^[1-9]\d\d$/.test(text)
      )
        return fail(link, '`res.status` with a text has no rule');
      gathered.status = text === null ? statusParts(conversion, unit, code, hasBody(links)) : [text];
      gathered.isOpen = isOpenStatus(conversion, work, code);
      if (
        hasEffects(code) &&
        links.slice(index + 1).some(({ call }) => call !== null && argumentsOf(call).some(hasEffects))
      ) {
        gathered.before.push([`${context}.status(`, ...gathered.status, ')']);
        gathered.status = null;
        continue;
      }
      gathered.statusNumber = typeof code.value === 'number' ? code.value : null;
      continue;
    }
    const header = headerStatements(conversion, unit, link.name, args);
    if (header === null) return fail(link, `\`res.${link.name}\` has no rule`);
    gathered.before.push(...header.statements);
    gathered.type = header.type ?? gathered.type;
  }
  if (gathered.status !== null) gathered.before.unshift([`${context}.status(`, ...gathered.status, ')']);
  return { before: gathered.before, value: null, rule: `response/${links.at(-1)?.name ?? 'chain'}` };
}

const LATE_STATUS =
  'this status was set after the answer and no client ever got it, so it is gone: set it before the answer if it is meant; a log that reads the status once the answer is out read it here';

/** Members that answer and return the response: `redirect`, `render` and what sends a file return nothing. */
const RETURNS_RESPONSE = new Set(['json', 'jsonp', 'send', 'sendStatus', 'end', 'format']);

/** Whether a call behind the answer changes nothing of it: `.end()`, and a status that comes too late. */
function isIdle({ name, call }: ChainLink): boolean {
  const [first, ...more] = call === null ? [] : argumentsOf(call);
  if (name === 'end') return first === undefined;
  const code = name === 'status' && first !== undefined && more.length === 0 ? unwrap(first).value : null;
  return typeof code === 'number' && Number.isInteger(code) && code >= 100 && code <= 999;
}

const hasBody = (links: readonly ChainLink[]): boolean =>
  links.some(
    ({ name, call }) => name === 'json' || (name === 'send' && call !== null && argumentsOf(call).length > 0),
  );

function terminal(
  conversion: Conversion,
  unit: Unit,
  name: string,
  args: SyntaxNode[],
  gathered: Gathered,
): Part[] | null {
  const { context: c, work } = unit;
  const [first, second] = args;
  const code = isUsual(conversion, unit, gathered.statusNumber) ? null : gathered.status;
  const withStatus = (parts: Part[]): Part[] =>
    code === null ? [...parts, ')'] : [...parts, ', ', ...code, ')'];
  const parity = (fn: string, ...parts: Part[]): Part[] =>
    withStatus([`${parityName(conversion, work, fn)}(${c}`, ...parts]);
  const statusFirst = () => {
    if (code !== null) gathered.before.push([`${c}.status(`, ...code, ')']);
  };
  const ownType = gathered.type !== null || unit.setsType;
  const bodiless =
    gathered.statusNumber === null
      ? gathered.isOpen || mayHaveNoBody(conversion)
      : sendsNoBody(gathered.statusNumber);
  const body = (parts: Part[]): Part[] => withStatus([`${c}.body(`, ...parts]);
  const format = conversion.settings.json.join(', ');
  const formattedParts = (fn = 'formattedJson'): Part[] => {
    statusFirst();
    const value: Part = first === undefined ? 'undefined' : spanOf(first);
    return [`${parityName(conversion, work, fn)}(${c}, `, value, `, { ${format} })`];
  };
  switch (name) {
    case 'json': {
      if (args.length > 1) return null;
      if (format !== '') return formattedParts();
      if (bodiless && first !== undefined) return parity('json', ', ', spanOf(first));
      const value: Part[] = first === undefined ? ['undefined'] : [spanOf(first)];
      const isNothing = value[0] === 'undefined' || isIdentifier(first, 'undefined');
      const asJson =
        gathered.type === null
          ? !(isNothing && mayBeFresh(conversion, unit, gathered.statusNumber)) &&
            !unit.setsType &&
            (conversion.idiomatic !== null || !mayHaveType(conversion, unit))
          : !isNothing && gathered.type.startsWith('application/json');
      if (asJson && mayHaveType(conversion, unit)) leaveOut(conversion, work, unit.fn.node, 'error-type');
      return asJson ? withStatus([`${c}.json(`, ...value]) : parity('json', ', ', ...value);
    }
    case 'send':
    case 'end': {
      if (args.length > 1) return null;
      if (first === undefined) {
        const mayBeAsked = mayBeFresh(conversion, unit, gathered.statusNumber);
        if (name === 'end' || !mayBeAsked) return body(['null']);
        return code === null ? parity('send') : parity('send', ', undefined');
      }
      const kind = unwrap(first);
      if (name === 'end') {
        return endedBody(conversion, unit, first, gathered, body) ?? parity('end', ', ', spanOf(first));
      }
      if (typeof kind.value === 'number' && conversion.version === 4) return null;
      if (format !== '' && !isText(first)) {
        if (/^(Object|Array)Expression$/.test(kind.type)) return formattedParts();
        // To Express 4 a number is a status.
        return conversion.version === 5 ? formattedParts('formattedSend') : null;
      }
      if (bodiless) return parity(sendOf(conversion), ', ', spanOf(first));
      if (isText(first) || (conversion.idiomatic !== null && kindOf(work, first) === 'text')) {
        if (gathered.type?.startsWith('text/plain')) {
          dropTypeHeader(gathered);
          return withStatus([`${c}.text(`, spanOf(first)]);
        }
        if (gathered.type?.startsWith('text/html') || (isText(first) && !ownType)) {
          if (gathered.type !== null) dropTypeHeader(gathered);
          return withStatus([`${c}.html(`, spanOf(first)]);
        }
      }
      if (!ownType && /^(Object|Array)Expression$/.test(kind.type)) {
        return withStatus([`${c}.json(`, spanOf(first)]);
      }
      return (
        knownBody(conversion, unit, first, gathered, body) ?? parity(sendOf(conversion), ', ', spanOf(first))
      );
    }
    case 'sendStatus': {
      if (first === undefined || args.length > 1 || mayBeText(conversion, work, first)) return null;
      const number = typeof first.value === 'number' ? first.value : null;
      const text = number === null ? undefined : STATUS_CODES[number];
      if (number !== null && text !== undefined && !unit.setsType && !sendsNoBody(number)) {
        const status = isUsual(conversion, unit, number) ? '' : `, ${number}`;
        return [`${c}.text(${work.layout.string(text)}${status})`];
      }
      if (conversion.idiomatic !== null && /^(204|304)$/.test(String(number)))
        return [`${c}.body(null, ${number})`];
      return [`${parityName(conversion, work, 'sendStatus')}(${c}, `, spanOf(first), ')'];
    }
    case 'redirect': {
      if (first === undefined || args.length > 2) return null;
      const [status, url] = second === undefined ? [null, first] : [first, second];
      if (literalText(url) === 'back' && conversion.version === 4 && status === null) {
        const header = (header: string) => `${c}.req.header(${work.layout.string(header)})`;
        const back = `${header('referrer')} || ${header('referer')} || ${work.layout.string('/')}`;
        return [`${parityName(conversion, work, 'redirect')}(${c}, ${back})`];
      }
      if (literalText(url) === 'back' && conversion.version === 4) return null;
      if (
        status !== null &&
        unwrap(status).type !== 'Literal' &&
        unwrap(url).type === 'Literal' &&
        typeof unwrap(url).value === 'number'
      )
        return null;
      const tail: Part[] = status === null ? [] : [', ', textOf(work, status)];
      if (status !== null && unwrap(status).type !== 'Literal') tail[1] = spanOf(status);
      const literal = status === null || unwrap(status).type === 'Literal';
      if (conversion.idiomatic !== null && literal) {
        leaveOut(conversion, work, url, 'redirect');
        const encoded = encodedAddress(literalText(url));
        return [`${c}.redirect(`, encoded === null ? spanOf(url) : work.layout.string(encoded), ...tail, ')'];
      }
      return [`${parityName(conversion, work, 'redirect')}(${c}, `, spanOf(url), ...tail, ')'];
    }
    case 'sendFile':
    case 'download': {
      statusFirst();
      const given = [...args];
      const last = given.at(-1);
      let after: Part[] = [];
      const isCallback =
        last !== undefined &&
        (isFunction(last) || (isIdentifier(last) && localFunction(unit, last) !== null));
      if (last !== undefined && isCallback) {
        const handled = readSendCallback(conversion, unit, last);
        if (handled === null) return null;
        after = handled;
        given.pop();
      } else if (last !== undefined && conversion.roles.get(last)?.role === 'next') return null;
      if (given.length === 0) return null;
      const rest = given.slice(1).flatMap((arg): Part[] => [', ', spanOf(arg)]);
      const file = given[0];
      if (file === undefined) return null;
      const isSmall = isNative(conversion, 'files');
      if (isSmall) leaveOut(conversion, work, file, 'file');
      const more = isSmall ? smallRest(conversion, unit, name, file, given.slice(1)) : rest;
      const send = parityName(conversion, work, isSmall ? 'sendFile' : name);
      return [`${send}(${c}, `, spanOf(file), ...more, ')', ...after];
    }
    case 'render':
      if (conversion.worlds !== null && appsOf(conversion).length > 1) return null;
      if (first === undefined || args.length > 2 || (second !== undefined && mayBeFunction(work, second)))
        return null;
      statusFirst();
      return [
        `${parityName(conversion, work, conversion.worlds === null ? 'render' : 'renderBeside')}(${c}, `,
        spanOf(first),
        ...(second === undefined ? [] : [', ', spanOf(second)]),
        ')',
      ];
    case 'jsonp':
      if (first === undefined || args.length > 1 || format !== '') return null;
      statusFirst();
      return [`${parityName(conversion, work, 'jsonp')}(${c}, `, spanOf(first), ')'];
    default:
      return null;
  }
}

function dropTypeHeader(gathered: Gathered): void {
  gathered.before = gathered.before.filter((parts) => !/Content-Type/.test(String(parts[0])));
}
