import { packagesIn, packagesOf } from '../../../src/workspace/express/registrations.ts';
import {
  argumentsOf,
  child,
  children,
  literalText,
  memberName,
  propertyKeyName,
} from '../../../src/workspace/syntax/nodes.ts';
import { findAll } from '../../../src/workspace/syntax/walk.ts';
import { trusts } from '../edit/trust.ts';
import { mayHaveNoBody } from '../facts/answers/bodiless.ts';
import { kindOf } from '../facts/answers/value-kinds.ts';
import { areLiteral } from '../facts/routes/literal-routes.ts';
import { isRead as isReadInCode } from '../packages/_known.ts';
import { constantOf } from '../state/constants.ts';
import type { Conversion } from '../state/conversion.ts';
import type { Need } from '../state/needs.ts';
import { isCookieParser, secretOf, signsCookies, writesObjects } from './cookies.ts';
import { fieldsRead, handlesErrors } from './error-fields.ts';
import { isStatic } from './files.ts';
import { areSilent, headersSet } from './headers-set.ts';
import { setsStatusFirst } from './leave-out.ts';
import { logNeeds } from './log-needs.ts';
import { isParser } from './parsers.ts';
import { callsOf } from './response-calls.ts';

/** What of the functions that are written the application cannot reach: see `state/needs.ts`. */
export function needless(conversion: Conversion): Need[] {
  const fields = fieldsRead(conversion);
  const isRead = (...names: string[]) => fields === null || names.some((name) => fields.has(name));
  const needed: Record<Need, boolean> = {
    errorHandler: handlesErrors(conversion),
    errorNames: isRead('name', 'toString'),
    fileErrors: isRead('errno', 'code', 'syscall', 'path'),
    emptyBodies: conversion.bodyRules === 4,
    severalParsers: mayReadTwice(conversion),
    ...cookieNeeds(conversion),
    ...cachingNeeds(conversion),
    ...logNeeds(conversion),
    ...errorNeeds(conversion),
    jsonAnswers: answersJson(conversion),
    typedSends: mayBeTyped(conversion),
    trustedSessions: trusts(conversion),
    connectedMembers: packagesOf(conversion.program).some(
      (each) => conversion.options.connects?.has(each.node) === true && isReadInCode(each),
    ),
    numbersAreStatus: conversion.version === 4,
    onlyBuffers: conversion.version === 4,
    expressState: conversion.parity.has('expressOf') || conversion.parity.has('renderBeside'),
    staticMounts: hasMountedStatic(conversion),
    appLocals: conversion.parity.has('appLocals'),
    viewEngines: conversion.parity.has('useEngine'),
    nunjucks: conversion.parity.has('useNunjucks'),
    methodNames: conversion.parity.has('methodOfQuery'),
    routeParams: !areLiteral(conversion.worlds?.split.taken ?? []),
  };
  return (Object.keys(needed) as Need[]).filter((need) => !needed[need]);
}

/** Whether two body parsers may want the same body. */
function mayReadTwice({ program }: Conversion): boolean {
  const parsers = packagesOf(program).filter(isParser);
  const members = new Set(parsers.map(({ member }) => member));
  const hasType = parsers.some(({ call }) =>
    (call === null ? [] : argumentsOf(call.node)).some(
      (options) =>
        options.type !== 'ObjectExpression' ||
        children(options, 'properties').some((each) => (propertyKeyName(each) ?? 'type') === 'type'),
    ),
  );
  return members.size < parsers.length || (hasType && parsers.length > 1) || program.inPlace.length > 0;
}

/** What of the cookies is JSON, and whether they are signed with more secrets than one. */
function cookieNeeds(
  conversion: Conversion,
): Record<'cookieObjects' | 'signedCookies' | 'signedObjects' | 'severalSecrets', boolean> {
  const parsers = packagesOf(conversion.program).filter(isCookieParser);
  return {
    cookieObjects: writesObjects(conversion),
    signedCookies: signsCookies(conversion),
    signedObjects: writesObjects(conversion, true),
    severalSecrets: !parsers.every((each) => {
      const secret = secretOf(each);
      const work = each.call === null ? null : conversion.workOf(each.call.file);
      return secret == null || (work !== null && literalText(constantOf(work, secret)) !== null);
    }),
  };
}

/** Which headers the application sets itself that caches go by. */
function cachingNeeds(
  conversion: Conversion,
): Record<'ownCaching' | 'ownTags' | 'ownDates' | 'unstored' | 'ownHeaders', boolean> {
  const headers = headersSet(conversion);
  const sets = (name: string) => headers === null || headers.has(name);
  const [ownTags, ownDates] = [sets('etag'), sets('last-modified')];
  const unstored = headers === null || /no-store|[?]/.test(headers.get('cache-control') ?? '');
  return {
    ...{ ownTags, ownDates, unstored },
    ownCaching: ownTags || ownDates || unstored,
    ownHeaders: setsType(conversion) || FILE_HEADERS.some(sets),
  };
}

/** Whether a type may be set, or a status that goes without a body, before something is sent. */
const mayBeTyped = (conversion: Conversion): boolean =>
  mayHaveNoBody(conversion) ||
  setsType(conversion) ||
  headersSet(conversion)?.has('content-type') !== false ||
  callsOf(conversion, /^(format|links)$/).length > 0;

/** Whether something is sent that may be no text. */
const answersJson = (conversion: Conversion): boolean =>
  callsOf(conversion, /^(json|jsonp|format)$/).length > 0 ||
  callsOf(conversion, /^send$/).some(
    ({ unit, args: [sent] }) => sent !== undefined && kindOf(unit.work, sent) !== 'text',
  );

/** What Express's error page shows of an error, and of what was set before it. */
function errorNeeds(conversion: Conversion): Record<'errorHeaders' | 'ownStatus', boolean> {
  const isAnyones = !areSilent(conversion);
  const namesHeaders = conversion.program.files.some((file) =>
    findAll(file.program, 'Property', 'AssignmentExpression', 'Literal').some(
      (each) =>
        propertyKeyName(each) === 'headers' ||
        memberName(child(each, 'left')) === 'headers' ||
        each.value === 'http-errors',
    ),
  );
  // What is answered under a status may fail as it is made.
  const setsStatus = setsStatusFirst(conversion) || callsOf(conversion, /^status$/).length > 0;
  return { errorHeaders: isAnyones || namesHeaders, ownStatus: isAnyones || setsStatus };
}

/** What a file is sent with, unless it is set already. */
const FILE_HEADERS = ['accept-ranges', 'cache-control', 'content-type', 'etag', 'last-modified'];

const setsType = (conversion: Conversion): boolean =>
  callsOf(conversion, /^(type|contentType|attachment)$/).length > 0;

/** Whether files are served below a path. */
const hasMountedStatic = ({ program, parity }: Conversion): boolean =>
  program.inPlace.length > 0 ||
  parity.has('swaggerFiles') ||
  program.registrations.some(
    ({ on, pathNode, handlers }) =>
      handlers.flatMap(packagesIn).some(isStatic) && (on.kind === 'router' || pathNode !== null),
  );
