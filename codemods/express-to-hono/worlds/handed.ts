import { at } from '../../../src/model/at.ts';
import type { ExpressProgram, Registration, RouterValue } from '../../../src/workspace/express/program.ts';
import { argumentsOf, calleeOf, child, isIdentifier } from '../../../src/workspace/syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { findAll } from '../../../src/workspace/syntax/walk.ts';
import { importsOf, requiredModule } from '../../shared/edit/imports-of.ts';
import { PACKAGES } from '../packages/_known.ts';
import type { FileWork } from '../state/conversion.ts';
import { holds } from '../state/worlds.ts';

/** Calls that hand the application to code that is not known, as if each registered middleware there. */
const handed = new WeakMap<SyntaxNode, Handed>();

/** What is known of such a call. */
export interface Handed {
  /** The package that the code is of; null where it is none that an import names. */
  package: string | null;
  /** The statement of the block that makes the application in which it runs; null where that is not certain. */
  statement: SyntaxNode | null;
}

/** The call by which the application is handed on; undefined for what is registered in the program. */
export const handedBy = ({ call }: Pick<Registration, 'call'>): Handed | undefined => handed.get(call);

/**
 * The program with what code may register that it does not know: everything that is registered before is not behind it.
 *
 * @param block in which the application is made
 * @returns null where the application goes to code that is not known by something else than a call
 */
export function withHanded(
  program: ExpressProgram,
  app: RouterValue,
  { block, workOf }: { block: SyntaxNode; workOf(file: ParsedFile): FileWork },
): ExpressProgram | null {
  const added: Registration[] = [];
  for (const { location, reason } of app.escapes) {
    const file = program.files.find(({ path }) => path === location.file);
    const call = file === undefined ? undefined : callAt(file, location);
    if (file === undefined || call === undefined) return null;
    if (added.some((each) => each.call === call) || isEvent(call)) continue;
    handed.set(call, {
      package: packageOf(workOf(file), call),
      statement: statementOf(program, app, file, call, { block, workOf }),
    });
    added.push({
      ...{ id: `handed:${at(location)}`, on: app, file, call, location, method: 'use' },
      ...{
        paths: [],
        pathNode: null,
        routeCall: null,
        handlers: [{ kind: 'unknown', reason, file, node: call }],
      },
    });
  }
  if (added.length === 0) return program;
  const order = new Map(program.files.map(({ path }, index) => [path, index]));
  const place = ({ file, call }: Registration): [number, number] => {
    const { statement } = handed.get(call) ?? {};
    return statement == null
      ? [order.get(file.path) ?? 0, call.end]
      : [order.get(app.file.path) ?? 0, statement.end];
  };
  const registrations = [...program.registrations, ...added].sort((one, other) => {
    const [[file, end], [otherFile, otherEnd]] = [place(one), place(other)];
    return file - otherFile || end - otherEnd;
  });
  return { ...program, registrations };
}

/** The call at a place that is handed something. */
const callAt = (
  file: ParsedFile,
  { line, column }: { line: number; column: number },
): SyntaxNode | undefined =>
  findAll(file.program, 'CallExpression', 'NewExpression')
    .filter((call) => {
      const start = file.locate(call.start);
      return start.line === line && start.column === column && argumentsOf(call).length > 0;
    })
    .at(0);

/** `app.on('mount', …)`: what listens is the program's own. */
const isEvent = (call: SyntaxNode): boolean => {
  const callee = calleeOf(call);
  const name = callee === null ? null : child(callee, 'property');
  return isIdentifier(name) && /^(on|once|addListener)$/.test(String(name.name));
};

/** The package that a call is of: `require('pkg')(app)`, `server.applyMiddleware({ app })` of `new ApolloServer()`. */
function packageOf(work: FileWork, call: SyntaxNode, seen: readonly SyntaxNode[] = []): string | null {
  let root: SyntaxNode | null = call;
  while (root !== null && /^(Call|New|Member|Await|Chain)Expression$/.test(root.type)) {
    const module = requiredModule(root);
    if (module !== null) return module;
    root =
      child(root, 'callee') ?? child(root, 'object') ?? child(root, 'argument') ?? child(root, 'expression');
  }
  const binding = isIdentifier(root) ? work.bindings.bindingOf(root) : null;
  if (binding === null || seen.includes(binding.node)) return null;
  const imported = importsOf(work).find(({ bindings }) => bindings.includes(binding));
  if (imported !== undefined) return imported.module;
  const init = binding.declaration.type === 'VariableDeclarator' ? child(binding.declaration, 'init') : null;
  return init === null || binding.declarations.length > 1
    ? null
    : packageOf(work, init, [...seen, binding.node]);
}

/** The statement of the application's own block in which a call runs, if it runs there. */
function statementOf(
  program: ExpressProgram,
  app: RouterValue,
  file: ParsedFile,
  call: SyntaxNode,
  { block, workOf }: { block: SyntaxNode; workOf(file: ParsedFile): FileWork },
): SyntaxNode | null {
  const { parents } = workOf(app.file);
  const anchor = file === app.file && holds(block, call) ? call : program.reach(app, file, call).anchor;
  let inner = anchor;
  for (
    let up = inner === null ? undefined : parents.get(inner);
    up !== undefined;
    inner = up, up = parents.get(up)
  ) {
    if (up === block) return inner;
    // A function may be called later, or before: what it stands in says nothing.
    if (/Function|Class|^(For|While|DoWhile)/.test(up.type)) return null;
  }
  return null;
}

/** What a package that is handed the application registers on it; null where that is not known. */
export const registeredBy = (registration: Registration) => {
  const found = handedBy(registration);
  const rule = found?.package == null ? undefined : PACKAGES.get(found.package);
  return rule?.registers?.(registration.call) ?? null;
};
