import type { Registration } from '../../../src/workspace/express/program.ts';
import { functionsIn } from '../../../src/workspace/express/registrations.ts';
import { freshName } from '../../../src/workspace/syntax/bindings.ts';
import {
  argumentsOf,
  child,
  isFunction,
  isIdentifier,
  isMember,
  literalText,
  unwrap,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { atStart, type Part } from '../../shared/edit/draft.ts';
import { deleteStatement } from '../../shared/edit/emit.ts';
import { importsOf } from '../../shared/edit/imports-of.ts';
import { parityName } from '../edit/imports.ts';
import { plainParam } from '../native/params.ts';
import { isSetOnce } from '../state/constants.ts';
import { type Conversion, type FileWork, refuse, replace, spanOf } from '../state/conversion.ts';

/** A `param` callback: the constant that will hold its middleware. */
export interface ParamMiddleware {
  param: string;
  constant: string;
  registration: Registration;
}

export function collectParams(conversion: Conversion): ParamMiddleware[] {
  const found: ParamMiddleware[] = [];
  for (const registration of conversion.program.registrations) {
    if (registration.method !== 'param') continue;
    const work = conversion.workOf(registration.file);
    const param = literalText(argumentsOf(registration.call)[0]) ?? registration.paths[0]?.text ?? null;
    if (param === null) {
      refuse(
        conversion,
        work,
        registration.call,
        'routing/param',
        'the name of this parameter is not a literal',
      );
      continue;
    }
    const constant = freshName(work.bindings.module, `${param}Param`, work.taken);
    work.taken.add(constant);
    found.push({ param, constant, registration });
  }
  return found;
}

/** `router.param('id', fn)` becomes a middleware of its own, which the routes with `:id` name first. */
export function convertParam(
  conversion: Conversion,
  work: FileWork,
  registration: Registration,
  params: readonly ParamMiddleware[],
) {
  const { call } = registration;
  const own = params.find((each) => each.registration === registration);
  const [name, handler, ...more] = argumentsOf(call);
  if (own === undefined || name === undefined || handler === undefined) return;
  if (more.length > 0 || work.parents.get(call)?.type !== 'ExpressionStatement') {
    refuse(conversion, work, call, 'routing/param', 'this `param` call is part of a larger expression');
    return;
  }
  const made: Part[] =
    plainParam(conversion, handler) !== null
      ? [`const ${own.constant} = `, spanOf(handler)]
      : [
          `const ${own.constant} = ${parityName(conversion, work, 'param')}(`,
          ...[spanOf(name), ', ', spanOf(handler), ')'],
        ];
  const before = firstUser(conversion, own);
  const statement = work.parents.get(call);
  if (before === null || statement === undefined)
    return replace(conversion, work, call, made, 'routing/param');
  if (!isKnownAt(work, handler, before)) {
    const reason = 'this `param` callback is made after the first route that it runs for';
    return refuse(conversion, work, call, 'routing/param', reason);
  }
  const next = `;${work.layout.newline}${work.layout.indentAt(before.start)}`;
  replace(conversion, work, atStart(before), [...made, next], 'routing/param');
  deleteStatement(conversion, work, statement, 'routing/param');
}

/**
 * The first statement beside a `param` callback that names its parameter before it: Express looks callbacks up as a request
 * comes, so one that is registered after its routes runs for them too. Null where none is before it.
 */
function firstUser(
  { program, workOf }: Conversion,
  { param, registration }: ParamMiddleware,
): SyntaxNode | null {
  const { parents } = workOf(registration.file);
  const block = parents.get(parents.get(registration.call) ?? registration.call);
  const users = program.registrations.filter(
    ({ on, file, call, paths }) =>
      on === registration.on &&
      file === registration.file &&
      call.start < registration.call.start &&
      paths.some(({ text }) => text !== null && placeOf(param, text) !== undefined),
  );
  const statements = users.map(({ call }) => {
    let inner: SyntaxNode = call;
    for (let up = parents.get(inner); up !== undefined && up !== block; up = parents.get(inner)) inner = up;
    return inner;
  });
  return statements.sort((a, b) => a.start - b.start)[0] ?? null;
}

/** Whether the callback is the same where a statement before it stands: a function written there, or a name that has its value. */
function isKnownAt(work: FileWork, handler: SyntaxNode, before: SyntaxNode): boolean {
  const written = unwrap(handler);
  if (isFunction(written)) return true;
  let root = written;
  while (isMember(root) && root.computed !== true) root = unwrap(child(root, 'object') ?? root);
  const binding = isIdentifier(root) ? work.bindings.bindingOf(root) : null;
  if (binding === null) return false;
  const isImported = importsOf(work).some(({ bindings }) => bindings.includes(binding));
  if (root !== written && !isImported) return false;
  const isMadeBefore = isSetOnce(binding) && binding.declaration.end <= before.start;
  return binding.kind === 'import' || binding.kind === 'function' || isMadeBefore;
}

const placeOf = (param: string, path: string): number | undefined =>
  new RegExp(`[:*]${param}(?!\\w)`).exec(path)?.index;

/** The `param` middlewares that run before a registration, in the order of the path. */
export function paramsFor(
  conversion: Conversion,
  registration: Registration,
  params: readonly ParamMiddleware[],
): string[] {
  const own = params.filter((each) => each.registration.on === registration.on);
  if (own.length === 0) return [];
  const work = conversion.workOf(registration.file);
  const found = new Map<number, string[]>();
  for (const { text, node } of registration.paths) {
    if (text === null) {
      refuse(
        conversion,
        work,
        node,
        'routing/param',
        'a router with `param` callbacks has a path that is not a literal',
      );
      continue;
    }
    for (const each of own) {
      const at = placeOf(each.param, text);
      if (at === undefined) continue;
      if (each.registration.file !== registration.file) {
        const reason = `the \`param\` callback for \`${each.param}\` is registered elsewhere`;
        refuse(conversion, work, registration.call, 'routing/param', reason);
      } else if (!isSeenFrom(work, each.registration.call, registration.call)) {
        const reason = `the \`param\` callback for \`${each.param}\` is not always there`;
        refuse(conversion, work, each.registration.call, 'routing/param', reason);
      }
      if (registration.method === 'use' && mayAnswer(conversion, each.registration)) {
        const reason = `after an error Express still runs the \`param\` callback for \`${each.param}\` here, and it may answer`;
        refuse(conversion, work, registration.call, 'routing/param', reason);
      }
      found.set(at, [...(found.get(at) ?? []), each.constant]);
    }
  }
  return [...found.entries()].sort(([a], [b]) => a - b).flatMap(([, names]) => names);
}

/** Whether a `param` callback does something with the response, or may: it hands it on, or is not known. */
function mayAnswer(conversion: Conversion, { handlers }: Registration): boolean {
  const functions = handlers.flatMap(functionsIn);
  const isQuiet = (node: SyntaxNode) =>
    conversion.units.get(node)?.uses.every(({ role }) => role !== 'res') ?? false;
  return functions.length === 0 || !functions.every(({ node }) => isQuiet(node));
}

/** Whether what a call declares where it stands is known, and made, where another call stands. */
function isSeenFrom({ parents }: FileWork, declaring: SyntaxNode, other: SyntaxNode): boolean {
  let block = parents.get(parents.get(declaring) ?? declaring);
  while (block !== undefined && !/^(BlockStatement|Program|StaticBlock)$/.test(block.type)) {
    if (/Statement$|^SwitchCase$/.test(block.type)) return false;
    block = parents.get(block);
  }
  return block !== undefined && block.start <= other.start && other.end <= block.end;
}
