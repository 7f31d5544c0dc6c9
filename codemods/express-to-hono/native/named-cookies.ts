import type { Registration } from '../../../src/workspace/express/program.ts';
import { packagesIn, packagesOf } from '../../../src/workspace/express/registrations.ts';
import { child, isMember, memberName } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { findAll } from '../../../src/workspace/syntax/walk.ts';
import { deleteStatement } from '../../shared/edit/emit.ts';
import { kindOf } from '../facts/answers/value-kinds.ts';
import { memberAt } from '../facts/request-members.ts';
import type { Conversion, Unit } from '../state/conversion.ts';
import { leaveOut } from '../state/left-out.ts';
import { nativeFor } from '../state/native.ts';
import { isCookieParser, secretOf, signsCookies, writesObjects } from './cookies.ts';
import { isNative } from './decide.ts';
import { isStatic } from './files.ts';
import { isParser } from './parsers.ts';

const known = new WeakMap<Conversion, boolean>();

/**
 * Whether the application only ever reads one cookie by its name, none of which is signed or JSON: then each read is Hono's
 * own, and no middleware parses them all. That a cookie is read says that the parser ran before: without it the read fails.
 */
export function readsNamedCookies(conversion: Conversion): boolean {
  const found = known.get(conversion) ?? findNamedOnly(conversion);
  known.set(conversion, found);
  return found;
}

function findNamedOnly(conversion: Conversion): boolean {
  const { program, worlds, options } = conversion;
  if (!isNative(conversion, 'cookies') || worlds !== null || program.inPlace.length > 0) return false;
  const packages = packagesOf(program);
  const isOwn = packages.every(
    (each) =>
      isParser(each) ||
      isStatic(each) ||
      isCookieParser(each) ||
      typeof nativeFor(options.natives, each) === 'object',
  );
  const parsers = packages.filter(isCookieParser);
  if (!isOwn || parsers.length === 0 || parsers.some((each) => secretOf(each) === undefined)) return false;
  if (signsCookies(conversion) || writesObjects(conversion)) return false;
  const reads = new Set(
    [...conversion.units.values()].flatMap((unit) =>
      unit.uses.flatMap(({ node, role }) => (role === 'req' ? (cookieRead(unit, node)?.name ?? []) : [])),
    ),
  );
  return (
    program.registrations.every((each) => !parsesCookies(each) || isAlone(conversion, each)) &&
    program.files.every((file) =>
      findAll(file.program, 'Identifier', 'Literal').every(
        (each) => (each.name ?? each.value) !== 'cookies' || reads.has(each),
      ),
    )
  );
}

/** `req.cookies.name` at a use of the request, where it is only read; the identifier `cookies` in it. */
export function cookieRead(unit: Unit, root: SyntaxNode): { read: SyntaxNode; name: SyntaxNode } | null {
  const { parents } = unit.work;
  const member = memberAt(unit.work, root);
  const read = member === null ? undefined : parents.get(member);
  if (member === null || memberName(member) !== 'cookies' || member.optional === true) return null;
  if (!isMember(read) || child(read, 'object') !== member || read.optional === true) return null;
  const up = parents.get(read);
  const isWritten =
    (up?.type === 'AssignmentExpression' && child(up, 'left') === read) ||
    up?.type === 'UpdateExpression' ||
    (up?.type === 'UnaryExpression' && up.operator === 'delete');
  const isCalled = up?.type === 'CallExpression' && child(up, 'callee') === read;
  const [name, key] = [child(member, 'property'), child(read, 'property')];
  // Hono gives all of them where no name is given.
  if (memberName(read) === null && (key === null || kindOf(unit.work, key) !== 'text')) return null;
  return isWritten || isCalled || name === null ? null : { read, name };
}

const parsesCookies = ({ handlers }: Registration): boolean =>
  handlers.flatMap(packagesIn).some(isCookieParser);

/** `app.use(cookieParser());` as a statement. */
const isAlone = (conversion: Conversion, { call, file, method, handlers, pathNode }: Registration): boolean =>
  method === 'use' &&
  pathNode === null &&
  handlers.length === 1 &&
  conversion.workOf(file).parents.get(call)?.type === 'ExpressionStatement';

/** Takes a parser of cookies away that nothing needs. Returns whether it did. */
export function dropCookieParser(conversion: Conversion, registration: Registration): boolean {
  if (!parsesCookies(registration) || !readsNamedCookies(conversion)) return false;
  const { call, file } = registration;
  const work = conversion.workOf(file);
  const statement = work.parents.get(call);
  if (statement === undefined) return false;
  leaveOut(conversion, work, call, 'cookie');
  leaveOut(conversion, work, call, 'marked-cookie');
  for (const { call: made } of registration.handlers.flatMap(packagesIn))
    if (made !== null) conversion.claimed.add(made.node);
  deleteStatement(conversion, work, statement, 'packages/cookies');
  return true;
}
