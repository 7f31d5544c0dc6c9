import semver from 'semver';
import {
  child,
  isIdentifier,
  isMember,
  literalText,
  memberName,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import type { Part } from '../../shared/edit/draft.ts';
import { spanOf } from '../../shared/edit/work.ts';
import { convertFunction } from '../body/function.ts';
import { leaveOut, want } from '../state/conversion.ts';
import type { PackageRule, PackageUse } from './contract.ts';
import { booleanOf, NOT_WRITTEN, notCompared, optionsOf } from './options.ts';

/** How a package, or releases of it, choose what to answer. */
interface Ways {
  /** The origin where none is given: any, that of the request, or that of the request and any where it has none. */
  origin: 'any' | 'asked' | 'asked or any';
  /** Requests that name no origin get no headers. */
  onlyAsked: boolean;
  /** Credentials for any origin are for the one that asks. */
  swaps: boolean;
  /** Headers stay on answers to errors. */
  keepsOnError: boolean;
}

/**
 * Not `hono/cors`: it sends a fixed origin to that one only, takes each OPTIONS for a preflight, and loses its headers where an error
 * is answered.
 */
const native = (waysOf: (use: PackageUse) => Ways | string) => (use: PackageUse) => {
  const { cv, work, file, call } = use;
  const ways = waysOf(use);
  if (typeof ways === 'string') return ways;
  const options = optionsOf(use);
  if (options === null) return NOT_WRITTEN;
  const items: Part[][] = [];
  for (const [name, { property, value }] of options) {
    const reason = unfit(use, name, value);
    if (reason !== null) return reason;
    if (name === 'keepHeadersOnError' && !ways.keepsOnError) continue;
    items.push([spanOf(property)]);
  }
  const origin = options.get('origin')?.value;
  const credentials = booleanOf(options.get('credentials')?.value) === true;
  const isAny = literalText(origin) === '*' || (origin === undefined && ways.origin === 'any');
  const isFixed = origin === undefined || isText(origin);
  if (credentials && !ways.swaps && origin !== undefined && (isAny || !isFixed))
    return 'credentials for any origin were not compared';
  if (credentials && isAny) {
    if (origin !== undefined) items.splice([...options.keys()].indexOf('origin'), 1);
    items.unshift(['origin: true']);
  } else if (origin === undefined && ways.origin === 'asked') items.unshift(['origin: true']);
  else if (origin === undefined && ways.origin === 'asked or any') {
    const { string } = work.layout;
    items.unshift([`origin: (c) => c.req.header(${string('Origin')}) ?? ${string('*')}`]);
  }
  if (cv.target === 'workers' && items[0]?.[0] === 'origin: true' && !ways.onlyAsked)
    leaveOut(cv, file, call, 'empty-origin');
  if (ways.onlyAsked) items.push(['onlyAsked: true']);
  if (ways.onlyAsked && !ways.swaps) leaveOut(cv, file, call, 'vary-on-error');
  if (ways.origin === 'asked or any') {
    items.push(['keepHeadersOnError: false, everyOptions: true']);
    if (!options.has('allowMethods')) items.push([`allowMethods: ${work.layout.string(ALL_METHODS)}`]);
    if (!options.has('allowHeaders')) leaveOut(cv, file, call, 'empty-allow-headers');
  }
  if (ways.keepsOnError && booleanOf(options.get('keepHeadersOnError')?.value) !== false)
    cv.errorsTravel = true;
  const name = want(cv, work, 'support', 'corsHeaders');
  if (items.length === 0) return [`${name}()`];
  return [`${name}({ `, ...items.flatMap((each, index) => (index > 0 ? [', ', ...each] : each)), ' })'];
};

/** What `koa2-cors` allows where it is told nothing. */
const ALL_METHODS = 'GET,PUT,POST,PATCH,DELETE,HEAD,OPTIONS';

const LISTS = /^(?:allowMethods|exposeHeaders|allowHeaders)$/;

/** Why an option cannot be handed on; null where it can. */
function unfit({ cv }: PackageUse, name: string, value: SyntaxNode): string | null {
  if (LISTS.test(name) || name === 'maxAge')
    return value.type === 'FunctionExpression' ? notCompared(name) : null;
  if (name === 'credentials' || name === 'keepHeadersOnError')
    return booleanOf(value) === null ? `its option \`${name}\` is not written out there` : null;
  if (name !== 'origin') return notCompared(name);
  if (isText(value)) return null;
  const values = cv.flow.valuesOf(value);
  if (values.length === 0 || !values.every(({ kind }) => kind === 'function' || kind === 'text'))
    return 'what its option `origin` is could not be followed';
  for (const each of values) {
    if (each.kind !== 'function') continue;
    if (cv.kept.has(each.node)) return 'its function for origins stays Koa’s';
    const { current } = cv;
    convertFunction(cv, each.file, each.node, { context: 0, next: null }, 'helper');
    cv.current = current;
  }
  return null;
}

/** Whether an expression is a text or nothing, whatever it says: written out, or of the environment. */
function isText(node: SyntaxNode): boolean {
  if (literalText(node) !== null || node.type === 'TemplateLiteral') return true;
  const object = isMember(node) ? child(node, 'object') : null;
  return isMember(object) && memberName(object) === 'env' && isIdentifier(child(object, 'object'), 'process');
}

const ofRelease = ({ cv }: PackageUse): Ways | string => {
  const release = cv.releases.get('@koa/cors');
  if (
    release === null ||
    release === undefined ||
    semver.lt(release, '2.2.3') ||
    semver.gte(release, '6.0.0')
  )
    return `what \`@koa/cors\` ${release ?? 'of no known release'} sends was not compared`;
  return {
    origin: semver.gte(release, '5.0.0') ? 'any' : 'asked',
    onlyAsked: semver.lt(release, '4.0.0'),
    swaps: semver.gte(release, '3.0.0'),
    keepsOnError: true,
  };
};

const koaCors: PackageRule = { name: '@koa/cors', native: native(ofRelease) };
const kcors: PackageRule = {
  name: 'kcors',
  native: native(() => ({ origin: 'asked', onlyAsked: true, swaps: false, keepsOnError: true })),
};
const koa2Cors: PackageRule = {
  name: 'koa2-cors',
  native: native(() => ({ origin: 'asked or any', onlyAsked: false, swaps: false, keepsOnError: false })),
};

export default [koaCors, kcors, koa2Cors];
