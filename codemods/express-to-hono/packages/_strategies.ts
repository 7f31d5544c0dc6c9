import {
  argumentsOf,
  calleeOf,
  child,
  children,
  isMember,
  literalText,
  memberName,
  parametersOf,
  propertyKeyName,
  unwrap,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { findAll } from '../../../src/workspace/syntax/walk.ts';
import { importsOf } from '../../shared/edit/imports-of.ts';
import type { FileWork } from '../state/conversion.ts';
import { asksForLent, functionAt, type NamedValue, valuesNamed } from './_connect.ts';

/**
 * Strategies that ask for no more than headers, `url`, `query`, `body`, the session and `connection.encrypted`. Sources:
 * passport-local 1.0, passport-jwt 4.0, passport-http-bearer 1.0, passport-oauth2 1.8 and passport-openidconnect 0.1 with
 * those that stand on them.
 */
const COMPARED = new Set([
  ...['passport', 'passport-local', 'passport-jwt', 'passport-http-bearer', 'passport-oauth2'],
  ...['passport-google-oauth20', 'passport-github2', 'passport-facebook'],
  ...['passport-openidconnect', 'passport-google-oidc'],
]);

/** Why what the application gives passport may ask for more of the request; null where it does not. */
export function asksForMore(files: readonly FileWork[]): string | null {
  const other = files.flatMap(importsOf).find(isOther);
  if (other !== undefined) return `the strategy of \`${other.module}\` was not compared`;
  if (files.some(hasOwnStrategy)) return 'a strategy of the application itself is handed the request';
  for (const name of ['passReqToCallback', 'secretOrKeyProvider'])
    if (valuesNamed(files, name).length > 0) return `\`${name}\`: a function is handed the request`;
  const isRead = (named: NamedValue) => isExtractor(named.value) || asksForLent(named);
  if (!valuesNamed(files, 'jwtFromRequest').every(isRead)) return '`jwtFromRequest` asks more of the request';
  const isWhole = ({ value }: { value: SyntaxNode }) => /^(\/|\w+:)/.test(literalText(value) ?? '/');
  if (!valuesNamed(files, 'callbackURL').every(isWhole))
    return '`callbackURL` goes by the path of the request';
  return files.every((work) =>
    findAll(work.file.program, 'CallExpression').every((call) => isApart(work, call)),
  )
    ? null
    : 'a function that makes a user of a session may be handed the request';
}

/** A package that is a strategy by its name, or by what is imported of it. */
const isOther = ({ module, bindings }: ReturnType<typeof importsOf>[number]): boolean =>
  !COMPARED.has(module) &&
  !/^[./]/.test(module) &&
  (/passport/.test(module) || bindings.some(({ name }) => /Strategy$/.test(name)));

/** `class Own extends Strategy { authenticate(req) … }`, `Own.prototype.authenticate = …`, `{ name, authenticate(req) … }`. */
function hasOwnStrategy({ file, parents }: FileWork): boolean {
  const methods = findAll(file.program, 'MethodDefinition', 'Property').filter(
    (each) => propertyKeyName(each) === 'authenticate',
  );
  const isStrategy = (method: SyntaxNode) => {
    const holder = parents.get(method);
    if (method.type === 'Property')
      return children(holder ?? method, 'properties').some((each) => propertyKeyName(each) === 'name');
    const owner = holder === undefined ? undefined : parents.get(holder);
    return owner !== undefined && child(owner, 'superClass') !== null;
  };
  const isSet = (assignment: SyntaxNode) => {
    const left = child(assignment, 'left');
    const object = isMember(left) && memberName(left) === 'authenticate' ? child(left, 'object') : null;
    return isMember(object) && memberName(object) === 'prototype';
  };
  return methods.some(isStrategy) || findAll(file.program, 'AssignmentExpression').some(isSet);
}

/** `ExtractJwt.fromAuthHeaderAsBearerToken()`, or several of them: no function of the application. */
function isExtractor(value: SyntaxNode): boolean {
  const callee = value.type === 'CallExpression' ? calleeOf(value) : null;
  if (!isMember(callee) || !/^from[A-Z]/.test(memberName(callee) ?? '')) return false;
  return argumentsOf(value).every((each) =>
    each.type === 'ArrayExpression'
      ? children(each, 'elements').every((one) => isExtractor(unwrap(one)))
      : literalText(each) !== null,
  );
}

/** `passport.serializeUser((req, user, done) => …)` is handed the request: by how many parameters it has. */
function isApart(work: FileWork, call: SyntaxNode): boolean {
  const callee = calleeOf(call);
  const [given] = argumentsOf(call);
  if (
    !isMember(callee) ||
    !/^(serializeUser|deserializeUser|transformAuthInfo)$/.test(memberName(callee) ?? '')
  )
    return true;
  if (given === undefined) return true;
  const fn = functionAt({ work, value: given });
  if (fn !== null) return parametersOf(fn).length < 3;
  // passport-local-mongoose makes both: `User.serializeUser()`.
  const maker = given.type === 'CallExpression' ? calleeOf(given) : null;
  return isMember(maker) && /^(de)?serializeUser$/.test(memberName(maker) ?? '');
}
