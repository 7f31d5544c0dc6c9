import type { ExpressProgram, Registration, RouterValue } from '../../../src/workspace/express/program.ts';
import { routersIn } from '../../../src/workspace/express/registrations.ts';
import { calleeOf, child, isIdentifier, unwrap } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { areRoutes, isForMany, pathsIn, patternsOf } from '../facts/routes/path-patterns.ts';
import { isErrorHandler } from '../facts/routes/registrations.ts';
import type { FileWork } from '../state/conversion.ts';
import type { Element, Ground, Home } from '../state/worlds.ts';

/** Where an application or router is made; null where it is not the one value of a constant. */
export function homeOf(work: FileWork, app: RouterValue): Home | null {
  const { parents } = work;
  let declarator = parents.get(app.creation);
  while (declarator !== undefined && unwrap(declarator) === app.creation)
    declarator = parents.get(declarator);
  const name = declarator?.type === 'VariableDeclarator' ? child(declarator, 'id') : null;
  const declaration = declarator === undefined ? undefined : parents.get(declarator);
  if (!isIdentifier(name) || declaration?.type !== 'VariableDeclaration') return null;
  if ((declaration.declarations as unknown[]).length > 1) return null;
  const outer = parents.get(declaration);
  const statement = outer?.type === 'ExportNamedDeclaration' ? outer : declaration;
  const block = parents.get(statement);
  return block !== undefined && /^(Program|BlockStatement)$/.test(block.type)
    ? { statement, block, name }
    : null;
}

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
    const object = rootOf(first.call);
    const binding = isIdentifier(object) ? work.bindings.bindingOf(object) : null;
    const isHere =
      first.file === app.file &&
      isBelow(work, key, home.block) &&
      binding !== null &&
      binding === work.bindings.bindingOf(home.name);
    const routers = registrations.flatMap(({ handlers }) => handlers.flatMap(routersIn));
    const isRoutes =
      routers.length > 0 ||
      registrations.every((each) => each.method !== 'use' && each.method !== 'param' && !isForMany(each));
    const isMixed =
      registrations.length > 1 &&
      registrations.some((each) => /^(use|param)$/.test(each.method) || isForMany(each));
    const isPlain = !isMixed && registrations.every(({ rows }) => rows === undefined);
    return {
      registrations,
      paths: registrations.flatMap((each) => pathsIn(each, prefix)).map((path) => path ?? '<expression>'),
      kind: isRoutes ? 'routes' : registrations.some(isErrorHandler) ? 'errors' : 'middleware',
      patterns: registrations.flatMap((each) => patternsOf(program.registrations, each, prefix)),
      statement: isHere && isPlain ? key : null,
      object: isHere ? object : null,
      prefix:
        routers.length > 0 && !registrations.every((each) => areRoutes(program.registrations, each))
          ? (pathsIn(first, prefix)[0] ?? '')
          : null,
      mount,
    };
  });
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

/** `app` of `app.route('/a').get(…).post(…)`. */
function rootOf(call: SyntaxNode): SyntaxNode {
  let node = call;
  for (;;) {
    const inner = node.type === 'CallExpression' ? calleeOf(node) : child(node, 'object');
    if (inner === null || isIdentifier(node)) return node;
    node = inner;
  }
}
