import type { Registration } from '../../../src/workspace/express/program.ts';
import { functionsIn } from '../../../src/workspace/express/registrations.ts';
import { freshName } from '../../../src/workspace/syntax/bindings.ts';
import { argumentsOf, literalText } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { parityName } from '../edit/imports.ts';
import { plainParam } from '../native/params.ts';
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
  if (plainParam(conversion, handler) !== null) {
    replace(conversion, work, call, [`const ${own.constant} = `, spanOf(handler)], 'routing/param');
    return;
  }
  const helper = parityName(conversion, work, 'param');
  replace(
    conversion,
    work,
    call,
    [`const ${own.constant} = ${helper}(`, spanOf(name), ', ', spanOf(handler), ')'],
    'routing/param',
  );
}

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
      const at = new RegExp(`[:*]${each.param}(?!\\w)`).exec(text)?.index;
      if (at === undefined) continue;
      if (
        each.registration.file !== registration.file ||
        each.registration.call.start > registration.call.start
      ) {
        refuse(
          conversion,
          work,
          registration.call,
          'routing/param',
          `the \`param\` callback for \`${each.param}\` is registered later or elsewhere`,
        );
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
