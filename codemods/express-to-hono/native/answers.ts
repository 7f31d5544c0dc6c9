import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { findAll } from '../../../src/workspace/syntax/walk.ts';
import type { Part } from '../../shared/edit/draft.ts';
import { parityName } from '../edit/imports.ts';
import { mayHaveNoBody, sendsNoBody } from '../facts/answers/bodiless.ts';
import { kindOf } from '../facts/answers/value-kinds.ts';
import { type Conversion, spanOf, type Unit } from '../state/conversion.ts';
import { leaveOut } from '../state/left-out.ts';
import type { Gathered } from '../state/response-chain.ts';
import { isNative } from './decide.ts';
import { smallFileOptions } from './files.ts';
import { dispositionOf } from './headers.ts';
import { areSilent } from './headers-set.ts';
import { setsStatusFirst } from './leave-out.ts';

/** What follows the path of a file: the name it is saved as, and options that are written out. */
export function smallRest(
  conversion: Conversion,
  { work }: Unit,
  name: string,
  path: SyntaxNode,
  given: readonly SyntaxNode[],
): Part[] {
  const options = given.at(-1)?.type === 'ObjectExpression' ? given.at(-1) : undefined;
  const written = options === undefined ? [] : (smallFileOptions(work, options, false) ?? []);
  const saved = given.find((each) => each !== options) ?? path;
  const named: Part[] =
    name === 'download' ? ['disposition: ', ...dispositionOf(conversion, work, saved)] : [];
  const all = [named, ...written].filter((each) => each.length > 0);
  return all.length === 0
    ? []
    : [', { ', ...all.flatMap((each, index) => (index === 0 ? each : [', ', ...each])), ' }'];
}

const usual = new WeakMap<Conversion, boolean>();

/** Whether the status of an answer is 200, which it has without being told: nothing sets another before it. */
export function isUsual(conversion: Conversion, { fn }: Unit, status: number | null): boolean {
  if (status !== 200 || conversion.idiomatic === null || fn.kind === 'error-handler') return false;
  const isUsual = usual.get(conversion) ?? (areSilent(conversion) && !setsStatusFirst(conversion));
  usual.set(conversion, isUsual);
  return isUsual;
}

/** To Express 4 a number is a status. */
export const sendOf = (conversion: Conversion): string =>
  conversion.version === 4 && isNative(conversion, 'send') ? 'sendLoosely' : 'send';

/** `c.body(bytes)`, `c.html(text)`, where it is known what is sent and whether a type is set. */
export function knownBody(
  conversion: Conversion,
  unit: Unit,
  value: SyntaxNode,
  gathered: Gathered,
  body: (parts: Part[]) => Part[],
): Part[] | null {
  const { context: c, work } = unit;
  const kind = conversion.idiomatic === null ? null : kindOf(work, value);
  const isTyped = gathered.type !== null || (unit.setsOwnType && conversion.idiomatic !== null);
  const isKnown = kind === 'text' || (kind === 'bytes' && !work.file.typescript);
  const answeredBy = (method: string): Part[] =>
    body([spanOf(value)]).map((part) => (part === `${c}.body(` ? method : part));
  if (!isKnown && isTyped && conversion.version === 5 && conversion.idiomatic !== null)
    return answeredBy(`${parityName(conversion, work, 'sendTyped')}(${c}, `);
  if (kind === 'data' && !isTyped && !unit.setsType) return answeredBy(`${c}.json(`);
  if (!isKnown || (!isTyped && unit.setsType)) return null;
  if (isTyped) return body([spanOf(value)]);
  if (kind === 'text') return answeredBy(`${c}.html(`);
  const header = work.layout.string('Content-Type');
  gathered.before.push([`${c}.header(${header}, ${work.layout.string('application/octet-stream')})`]);
  return body([spanOf(value)]);
}

/** `c.body(text)` for `res.end(text)`. */
export function endedBody(
  conversion: Conversion,
  unit: Unit,
  value: SyntaxNode,
  gathered: Gathered,
  body: (parts: Part[]) => Part[],
): Part[] | null {
  const kind = conversion.idiomatic === null ? null : kindOf(unit.work, value);
  if (kind !== 'text' && (kind !== 'bytes' || unit.work.file.typescript)) return null;
  if (mayHaveNoBody(conversion) && gathered.statusNumber === null) return null;
  if (gathered.statusNumber !== null && sendsNoBody(gathered.statusNumber)) return null;
  // A server gives such a body its length: it may not be announced in chunks as well.
  if (findAll(unit.fn.node, 'Literal').some(({ value }) => /^transfer-encoding$/i.test(String(value))))
    return null;
  if (gathered.type === null && !unit.setsOwnType) leaveOut(conversion, unit.work, value, 'untyped');
  return body([spanOf(value)]);
}
