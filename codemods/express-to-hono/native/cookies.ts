import { type PackageArgument, packagesOf } from '../../../src/workspace/express/registrations.ts';
import {
  argumentsOf,
  child,
  children,
  isIdentifier,
  literalText,
  propertyKeyName,
  unwrap,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { findAll } from '../../../src/workspace/syntax/walk.ts';
import type { Part } from '../../shared/edit/draft.ts';
import { kindOf } from '../facts/answers/value-kinds.ts';
import { constantOf } from '../state/constants.ts';
import { type Conversion, type FileWork, spanOf, textOf } from '../state/conversion.ts';
import { numberOf, writtenOptions } from '../state/written-options.ts';
import { callsOf } from './response-calls.ts';

const OPTIONS = /^(domain|path|httpOnly|secure|priority|partitioned)$/;

/** Whether an argument is `cookieParser`. */
export const isCookieParser = ({ package: name }: PackageArgument): boolean => name === 'cookie-parser';

/** The longest that Hono lets a cookie be kept: 400 days. */
const LONGEST = 400 * 86_400_000;

/** Whether the options of a cookie are ones that Hono takes, written out where they are used or as a constant. */
export function areKnownOptions(work: FileWork, given: SyntaxNode | undefined): boolean {
  const options =
    given === undefined ? new Map<string, SyntaxNode>() : writtenOptions(constantOf(work, given));
  if (options === null || (given !== undefined && isTyped(work, given))) return false;
  const isInline = given === undefined || unwrap(given).type === 'ObjectExpression';
  return [...options].every(([key, value]) => {
    if (key === 'maxAge') {
      const age = numberOf(work, value);
      // Of an age below zero Hono says nothing, which leaves the cookie to the clock of the client.
      return age !== null && age >= 0 && age <= LONGEST;
    }
    if (key === 'sameSite') return literalText(value) !== null;
    return key === 'signed' ? isInline && typeof value.value === 'boolean' : OPTIONS.test(key);
  });
}

/** A constant that has a type of Express's, which is no Hono's. */
function isTyped(work: FileWork, given: SyntaxNode): boolean {
  const binding = isIdentifier(unwrap(given)) ? work.bindings.bindingOf(unwrap(given)) : null;
  return binding !== null && child(binding.node, 'typeAnnotation') !== null;
}

/** Properties one after the other, with what is made of their values. */
export const listed = (properties: readonly SyntaxNode[]): Part[] =>
  properties.flatMap((each, index): Part[] => (index === 0 ? [spanOf(each)] : [', ', spanOf(each)]));

/** The options of a cookie without `signed`, as they are written, and whether it is signed. */
export function signedOptions(given: SyntaxNode | undefined): { isSigned: boolean; rest: Part[] } | null {
  const object = given === undefined ? null : unwrap(given);
  const properties = object?.type === 'ObjectExpression' ? children(object, 'properties') : [];
  const signed = properties.find((each) => propertyKeyName(each) === 'signed');
  if (signed === undefined) return null;
  const rest = properties.filter((each) => each !== signed);
  return {
    isSigned: child(signed, 'value')?.value === true,
    rest: rest.length === 0 ? [] : [', { ', ...listed(rest), ' }'],
  };
}

/**
 * The options of a cookie for Hono, as they are written: `maxAge` in seconds, and the date that Express sends as well. Null
 * where they are not written where they are used.
 */
export function honoOptions(work: FileWork, given: SyntaxNode | undefined): Part[] | null {
  if (given === undefined) return [];
  const object = unwrap(given);
  if (object.type !== 'ObjectExpression') return null;
  const written: Part[] = [];
  for (const each of children(object, 'properties')) {
    const [key, value] = [propertyKeyName(each), child(each, 'value')];
    if (key === null || value === null) return null;
    if (key === 'signed') continue;
    written.push(written.length === 0 ? ', { ' : ', ');
    if (key !== 'maxAge') written.push(spanOf(each));
    else {
      const time = textOf(work, value);
      if (numberOf(work, value) === null || !/^[\w.]+( \* [\w.]+)*$/.test(time)) return null;
      written.push(`maxAge: ${secondsOf(time)}, expires: new Date(Date.now() + ${time})`);
    }
  }
  return written.length === 0 ? [] : [...written, ' }'];
}

/** `30 * 60 * 1000` as `30 * 60`. */
const secondsOf = (time: string): string => {
  const number = Number(time.replaceAll('_', '')) / 1000;
  if (Number.isInteger(number)) return String(number);
  return / \* 1_?000$/.test(time) ? time.replace(/ \* 1_?000$/, '') : `${time} / 1000`;
};

/** The secret that cookies are signed with; null for a parser without one, undefined for one with more options. */
export function secretOf({ call }: PackageArgument): SyntaxNode | null | undefined {
  const args = call === null ? [] : argumentsOf(call.node);
  return args.length > 1 || args.some(({ type }) => type === 'SpreadElement') ? undefined : (args[0] ?? null);
}

/** Whether the application writes something that may be no text to cookies, which then is JSON: to those that are signed, or to all others. */
export const writesObjects = (conversion: Conversion, isSigned = false): boolean =>
  callsOf(conversion, /^cookie$/).some(({ unit: { work }, args: [, value, options] }) => {
    const isText =
      value !== undefined &&
      (kindOf(work, value) === 'text' || /^(number|boolean)$/.test(typeof value.value));
    return !isText && (signedOptions(options)?.isSigned === true) === isSigned;
  });

/** Whether the application has anything to do with signed cookies, or with the secret that they are signed with. */
export const signsCookies = (conversion: Conversion): boolean =>
  packagesOf(conversion.program).some(
    (each) => each.package === 'express-session' && !hasSecret(conversion, each),
  ) ||
  callsOf(conversion, /^cookie$/).some(
    ({ unit: { work }, args: [, , options] }) => options !== undefined && maySign(work, options),
  ) ||
  conversion.program.files.some((file) =>
    findAll(file.program, 'Identifier', 'Literal').some(
      ({ name, value }) => (name ?? value) === 'signedCookies',
    ),
  );

/** Whether a session has a secret of its own: without one it takes that of the cookie parser. */
function hasSecret({ workOf }: Conversion, { call }: PackageArgument): boolean {
  const [given] = call === null ? [] : argumentsOf(call.node);
  if (call === null || given === undefined) return false;
  return writtenOptions(constantOf(workOf(call.file), given))?.has('secret') !== false;
}

/** Whether options of a cookie may say that it is signed. */
const maySign = (work: FileWork, given: SyntaxNode): boolean =>
  writtenOptions(constantOf(work, given))?.get('signed')?.value !== false &&
  writtenOptions(constantOf(work, given))?.has('signed') !== false;
