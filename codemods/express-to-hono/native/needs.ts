import { packagesIn, packagesOf } from '../../../src/workspace/express/registrations.ts';
import { argumentsOf, children, literalText, propertyKeyName } from '../../../src/workspace/syntax/nodes.ts';
import { areLiteral } from '../facts/routes/literal-routes.ts';
import { constantOf } from '../state/constants.ts';
import type { Conversion } from '../state/conversion.ts';
import type { Need } from '../state/needs.ts';
import { isCookieParser, secretOf, signsCookies, writesObjects } from './cookies.ts';
import { fieldsRead, handlesErrors } from './error-fields.ts';
import { isStatic } from './files.ts';
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
    ownCaching: speaksToCaches(conversion),
    staticMounts: hasMountedStatic(conversion),
    appLocals: conversion.parity.has('appLocals'),
    viewEngines: conversion.parity.has('useEngine'),
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

/** Whether files are served below a path. */
const hasMountedStatic = ({ program }: Conversion): boolean =>
  program.inPlace.length > 0 ||
  program.registrations.some(
    ({ on, pathNode, handlers }) =>
      handlers.flatMap(packagesIn).some(isStatic) && (on.kind === 'router' || pathNode !== null),
  );

/** Middleware that sets no header which caches go by. */
const SILENT = /^(body-parser|cookie-parser|cookie-session|express-session|method-override|morgan|multer)$/;

/** Whether an answer may have a tag, a date or a Cache-Control besides those that are made for it. */
const speaksToCaches = (conversion: Conversion): boolean =>
  packagesOf(conversion.program).some((each) => !isParser(each) && !SILENT.test(each.package)) ||
  conversion.program.inPlace.length > 0 ||
  callsOf(conversion, /^(sendFile|sendfile|download|writeHead|setHeaders)$/).length > 0 ||
  callsOf(conversion, /^(set|header|setHeader|append)$/).some(({ args: [name] }) =>
    /^(etag|last-modified|cache-control)$/i.test(literalText(name) ?? 'etag'),
  );
