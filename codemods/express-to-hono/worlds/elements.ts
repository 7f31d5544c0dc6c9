import { posix } from 'node:path';
import type { ExpressProgram, Registration, RouterValue } from '../../../src/workspace/express/program.ts';
import { routersIn } from '../../../src/workspace/express/registrations.ts';
import {
  calleeOf,
  child,
  isCall,
  isExportsObject,
  isIdentifier,
  isMember,
  isModuleExports,
  isTransparent,
  memberName,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { hasEffects } from '../../../src/workspace/syntax/walk.ts';
import { areRoutes, isForMany, pathsIn, patternsOf } from '../facts/routes/path-patterns.ts';
import { isErrorHandler } from '../facts/routes/registrations.ts';
import { answeredBy } from '../packages/_known.ts';
import type { FileWork } from '../state/conversion.ts';
import type { Element, Ground, Home, Pattern } from '../state/worlds.ts';
import { isChained } from './chains.ts';
import { handedBy, registeredBy } from './handed.ts';

/** Where an application or router is made; null where it is not the one value of a constant. */
export function homeOf(work: FileWork, app: RouterValue): Home | null {
  const { parents } = work;
  const held = memberHome(work, app);
  if (held !== null) return held;
  let declarator = parents.get(app.creation);
  for (let inner = app.creation; declarator !== undefined; declarator = parents.get(inner)) {
    if (!isTransparent(declarator) && !isExported(declarator) && !isLink(app, declarator, inner)) break;
    inner = declarator;
  }
  const name = declarator?.type === 'VariableDeclarator' ? child(declarator, 'id') : null;
  const declaration = declarator === undefined ? undefined : parents.get(declarator);
  if (!isIdentifier(name) || declaration?.type !== 'VariableDeclaration') return null;
  if ((declaration.declarations as unknown[]).length > 1) return null;
  const outer = parents.get(declaration);
  const statement = outer?.type === 'ExportNamedDeclaration' ? outer : declaration;
  const block = parents.get(statement);
  return block !== undefined && isBlock(block) ? { statement, block, name } : null;
}

/** What stands around an application and is it still: `express().disable('x-powered-by')`, and the member on the way. */
function isLink({ kind, references }: RouterValue, node: SyntaxNode, inner: SyntaxNode): boolean {
  const member = isCall(node) ? calleeOf(node) : node;
  if (!isMember(member) || (member === node ? child(node, 'object') : member) !== inner) return false;
  // A router that is divided has a twin, which would have all that is registered in the chain.
  if (kind === 'router' && !/^(set|enable|disable)$/.test(memberName(member) ?? '')) return false;
  return member === node || references.some((each) => each.node === node);
}

/** `module.exports = express()` inside `const app = module.exports = express();`. */
function isExported(node: SyntaxNode): boolean {
  const target = node.type === 'AssignmentExpression' && node.operator === '=' ? child(node, 'left') : null;
  const object = isMember(target) ? child(target, 'object') : null;
  return isModuleExports(target) || isExportsObject(object);
}

/** `this.app = express();`: an application that a member holds. A router is named by a constant. */
function memberHome({ parents }: FileWork, { creation, kind }: RouterValue): Home | null {
  const assignment = kind === 'app' ? parents.get(creation) : undefined;
  const name = assignment?.type === 'AssignmentExpression' ? child(assignment, 'left') : null;
  const statement = assignment === undefined ? undefined : parents.get(assignment);
  if (name === null || !isMember(name) || hasEffects(name)) return null;
  if (assignment?.operator !== '=' || statement?.type !== 'ExpressionStatement') return null;
  const block = parents.get(statement);
  return block !== undefined && isBlock(block) ? { statement, block, name } : null;
}

const isBlock = ({ type }: SyntaxNode): boolean => /^(Program|BlockStatement)$/.test(type);

/** What is registered on an application or router, statement by statement. */
export function elementsOf(
  program: ExpressProgram,
  { on: app, home, prefix, mount }: Ground,
  workOf: (file: Registration['file']) => FileWork,
): Element[] {
  const byStatement = new Map<SyntaxNode, Registration[]>();
  for (const registration of program.registrations) {
    if (registration.on !== app) continue;
    const key = statementOf(workOf(registration.file), registration.call) ?? registration.call;
    byStatement.set(key, [...(byStatement.get(key) ?? []), registration]);
  }
  return [...byStatement].map(([key, registrations]): Element => {
    const [first] = registrations as [Registration];
    const work = workOf(first.file);
    const object = objectOf(first.call);
    const binding = isIdentifier(object) ? work.bindings.bindingOf(object) : null;
    const isHere =
      first.file === app.file &&
      isBelow(work, key, home.block) &&
      binding !== null &&
      isIdentifier(home.name) &&
      binding === work.bindings.bindingOf(home.name);
    const isElsewhere =
      !isHere && app.kind === 'app' && isOnlyFor(program, app, { work, object, key, first });
    const routers = registrations.flatMap(({ handlers }) => handlers.flatMap(routersIn));
    const isInChain = app.kind === 'app' && routers.length === 0 && isChained(home, first);
    const isRoutes =
      routers.length > 0 ||
      registrations.every((each) => each.method !== 'use' && each.method !== 'param' && !isForMany(each));
    const handed = handedBy(first);
    const isWritten = isHere || isElsewhere || isInChain;
    const isMixed =
      registrations.length > 1 &&
      registrations.some((each) => /^(use|param)$/.test(each.method) || isForMany(each));
    const isPlain = !isMixed && registrations.every(({ rows }) => rows === undefined);
    return {
      registrations,
      paths: registrations.flatMap((each) => pathsIn(each, prefix)).map((path) => path ?? '<expression>'),
      kind: isRoutes ? 'routes' : registrations.some(isErrorHandler) ? 'errors' : 'middleware',
      patterns: registrations.flatMap(
        (each) => answeredPatterns(each, prefix) ?? patternsOf(program.registrations, each, prefix),
      ),
      statement: handed !== undefined ? handed.statement : isWritten && isPlain ? key : null,
      object: isHere || isElsewhere ? object : null,
      isElsewhere,
      isChained: isInChain,
      prefix:
        routers.length > 0 && !registrations.every((each) => areRoutes(program.registrations, each))
          ? (pathsIn(first, prefix)[0] ?? '')
          : null,
      mount,
    };
  });
}

/** What middleware of packages is for where that is known; null where it is not, or they are not alone. */
function answeredPatterns(registration: Registration, prefix: string | null): Pattern[] | null {
  const answered =
    registration.method !== 'use'
      ? [null]
      : handedBy(registration) === undefined
        ? registration.handlers.map(answeredBy)
        : [registeredBy(registration)];
  if (answered.includes(null)) return null;
  return pathsIn(registration, prefix).flatMap((at) =>
    answered.flatMap((all) =>
      (all ?? []).map(({ method, path, below }) =>
        at === null ? null : { method, path: posix.join(at, path), below: below === true },
      ),
    ),
  );
}

/** Whether a statement stands in a block, or under a condition in it: then it is under the same one in both worlds. */
function isBelow({ parents }: FileWork, statement: SyntaxNode, block: SyntaxNode): boolean {
  let inner = statement;
  for (let up = parents.get(inner); up !== undefined; inner = up, up = parents.get(up)) {
    if (up === block) return true;
    const isBranch =
      up.type === 'IfStatement' && child(up, 'test') !== inner && inner.type === 'BlockStatement';
    if (!isBranch && up.type !== 'BlockStatement') return false;
  }
  return false;
}

/** The statement that is nothing but a call, or a chain of them. */
function statementOf({ parents }: FileWork, call: SyntaxNode): SyntaxNode | null {
  let node = call;
  for (let up = parents.get(node); up !== undefined; node = up, up = parents.get(up)) {
    if (up.type === 'ExpressionStatement') return up;
    const isLink = /^(MemberExpression|ChainExpression)$/.test(up.type) || calleeOf(up) === node;
    if (!isLink) return null;
  }
  return null;
}

/** `app` of `app.route('/a').get(…).post(…)`, `this.app` of `this.app.use(…)`. */
function objectOf(call: SyntaxNode): SyntaxNode {
  let node = call;
  while (isCall(node)) {
    const callee = calleeOf(node);
    const object = callee === null ? null : child(callee, 'object');
    if (object === null) return node;
    node = object;
  }
  return node;
}

/**
 * Whether a statement of another function or file registers on this application alone, and never once requests come: the
 * application itself says then which Hono application stands beside it.
 */
function isOnlyFor(
  program: ExpressProgram,
  app: RouterValue,
  { work, object, key, first }: { work: FileWork; object: SyntaxNode; key: SyntaxNode; first: Registration },
): boolean {
  const up = work.parents.get(key);
  return (
    key.type === 'ExpressionStatement' &&
    up !== undefined &&
    isBlock(up) &&
    (isIdentifier(object) || isMember(object)) &&
    !hasEffects(object) &&
    app.references.some(({ file, node }) => file === first.file && node === object) &&
    program.routers.every(
      ({ references }) =>
        references === app.references ||
        !references.some(({ file, node }) => file === first.file && node === object),
    ) &&
    program.late(app, first.file, first.call) === null
  );
}
