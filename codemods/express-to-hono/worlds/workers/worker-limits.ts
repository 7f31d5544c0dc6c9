import { at } from '../../../../src/model/at.ts';
import type { LeftForYou, RouteLimit } from '../../../../src/model/changeset.ts';
import type {
  ExpressFunction,
  ExpressProgram,
  Place,
  Registration,
} from '../../../../src/workspace/express/program.ts';
import { type PackageArgument, packagesIn } from '../../../../src/workspace/express/registrations.ts';
import { resolveBindings } from '../../../../src/workspace/syntax/bindings.ts';
import type { Flow } from '../../../../src/workspace/syntax/flow/flow.ts';
import type { Modules } from '../../../../src/workspace/syntax/modules.ts';
import {
  argumentsOf,
  calleeOf,
  child,
  children,
  isIdentifier,
  memberName,
  parametersOf,
  patternTarget,
  propertyKeyName,
  unwrap,
} from '../../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../../src/workspace/syntax/parse.ts';
import { callsReached } from '../../../../src/workspace/syntax/reached-calls.ts';
import { findAll } from '../../../../src/workspace/syntax/walk.ts';
import type { Worlds } from '../../state/worlds.ts';
import { functionsOf, partOf } from '../project.ts';

/** Builtins that Workers have only in name. Source: measured on workerd 2026-11-17, see `src/runtimes/list/workers.ts`. */
const MISSING: Readonly<Record<string, string>> = {
  fs: 'needs a disk, which Workers do not have: see fs-to-r2',
  'fs/promises': 'needs a disk, which Workers do not have: see fs-to-r2',
  child_process: 'starts a process, which a Worker cannot',
  worker_threads: 'starts a thread, which a Worker cannot',
  cluster: 'starts a process, which a Worker cannot',
  vm: 'runs text as code, which a Worker cannot',
  dgram: 'needs a UDP socket, which Workers do not have',
};

/** Members of Express's response that read files. */
const FILES = new Set(['sendFile', 'sendfile', 'download', 'render']);

/** Packages whose middleware reads files. */
const STATIC = new Set(['express.static', 'serve-static.', 'serve-index.', 'serve-favicon.']);

/** Packages that keep something in memory where they are given no store, and what. */
const IN_MEMORY: Readonly<Record<string, string>> = {
  'express-session': 'sessions are',
  'express-rate-limit': 'counts of requests are',
  'express-slow-down': 'counts of requests are',
};

/** A program of which all or a part stays in Express. */
export type InExpress = Pick<Worlds, 'program' | 'split'>;

/** Nothing of it goes. */
export const ALL_IN_EXPRESS: InExpress['split'] = {
  taken: [],
  both: [],
  idle: [],
  stays: new Map(),
  behind: new Map(),
  divided: [],
};

/** Routes that stay in Express and cannot work in a Worker, with what they need. */
export function limitsInExpress({ program, split }: InExpress, modules: Modules, flow: Flow): RouteLimit[] {
  const taken = new Set(partOf(program, split).inside.map(({ call }) => call));
  include(program, modules, flow);
  return program.registrations.flatMap((registration): RouteLimit[] => {
    // What is in both is told with Hono's routes.
    const reason = taken.has(registration.call) ? null : reasonOf(program, registration, flow);
    const { location } = registration;
    return reason === null
      ? []
      : routesOf(program, registration).map((route) => ({ route, runtime: 'workers', reason, location }));
  });
}

/** Middleware that keeps something in the memory of one isolate, where each has its own. */
export function stateInMemory({ program }: Pick<InExpress, 'program'>): LeftForYou[] {
  return program.registrations.flatMap(({ handlers, location }) =>
    handlers.flatMap(packagesIn).flatMap((argument): LeftForYou[] => {
      const what = IN_MEMORY[argument.package];
      return what === undefined || isGiven(argument, 'store')
        ? []
        : [
            {
              ...{ ...location, codemod: 'express-to-hono', rule: 'workers/state' },
              reason: `${what} kept in memory here, and each isolate of a Worker has its own`,
              advice: `Give ${argument.package} a \`store\` that all of them reach.`,
            },
          ];
    }),
  );
}

/** A bundle is strict code: passport 0.6 and 0.7 set a member of `true` there (measured on workerd 2026-11-29). */
export function failsWhenStrict({ program }: Pick<InExpress, 'program'>): LeftForYou[] {
  return program.registrations.flatMap(({ handlers }) =>
    handlers.flatMap(packagesIn).flatMap(({ package: name, call }): LeftForYou[] => {
      const options = name === 'passport' && call !== null ? argumentsOf(call.node)[1] : undefined;
      const flash = (options === undefined ? [] : children(unwrap(options), 'properties')).filter(
        (each) =>
          /^(failure|success)Flash$/.test(propertyKeyName(each) ?? '') &&
          child(each, 'value')?.value === true,
      );
      return flash.map((each) => ({
        ...(call as Place).file.locate(each.start),
        ...{ codemod: 'express-to-hono', rule: 'workers/strict' },
        reason: `\`${propertyKeyName(each)}: true\` fails in a Worker: passport sets a member of it, which a bundle, as strict code, does not let it`,
        advice: `Write \`${propertyKeyName(each)}: { type: '${propertyKeyName(each) === 'successFlash' ? 'success' : 'error'}' }\`.`,
      }));
    }),
  );
}

/** Whether the call that makes a package's middleware is given an option, or options that are not written out. */
function isGiven({ call }: PackageArgument, option: string): boolean {
  const [options] = call === null ? [] : argumentsOf(call.node);
  if (options === undefined) return false;
  const object = unwrap(options);
  return object.type !== 'ObjectExpression'
    ? true
    : children(object, 'properties').some(
        (each) => each.type === 'SpreadElement' || propertyKeyName(each) === option,
      );
}

/** Reads the files that lead to what is missing: the analysis of Express leaves out those that name none of it. */
function include({ files }: ExpressProgram, modules: Modules, flow: Flow): void {
  const named = new RegExp(`['"\`](?:node:)?(?:${Object.keys(MISSING).join('|')})['"\`]`);
  const loaded = new Set(files.map(({ path }) => path));
  for (const path of loaded) for (const next of modules.importsOf(path)) loaded.add(next);
  const reaching = new Set([...loaded].filter((path) => named.test(modules.text(path) ?? '')));
  for (const path of reaching)
    for (const next of modules.importersOf(path)) if (loaded.has(next)) reaching.add(next);
  for (const path of reaching) if (!flow.files.has(path)) flow.include(path);
  flow.settle();
}

function reasonOf(program: ExpressProgram, registration: Registration, flow: Flow): string | null {
  for (const { package: name, member, node } of registration.handlers.flatMap(packagesIn)) {
    if (STATIC.has(`${name}.${member}`))
      return 'static files are read from the disk, which Workers do not have: serve them as assets';
    if (name === 'multer' && storesFiles(flow, node))
      return 'uploads are stored on the disk, which Workers do not have: see fs-to-r2';
  }
  const functions = functionsOf(program, [registration]);
  for (const fn of functions) {
    const read = fileMember(fn);
    if (read !== null) return `\`res.${read}\` needs a disk, which Workers do not have: see fs-to-r2`;
  }
  const call = callsReached(flow, functions).find(({ module }) => module in MISSING);
  if (call === undefined) return null;
  const name = [call.module, call.member].filter(Boolean).join('.');
  return `\`${name}\` (${at(call.file.locate(call.node.start))}) ${MISSING[call.module]}`;
}

/** The member of a function's response that reads a file. */
function fileMember(fn: ExpressFunction): string | null {
  const bindings = resolveBindings(fn.file);
  const named = parametersOf(fn.node).filter((_, position) => fn.roles[position] === 'res');
  const taken = fn.takenOut.flatMap(({ role, target }) => (role === 'res' ? [target] : []));
  const responses = [...named.map(patternTarget), ...taken].map((target) => bindings.bindingOf(target));
  const isResponse = (node: SyntaxNode | null): boolean => {
    const inner = node === null ? null : unwrap(node);
    if (isIdentifier(inner)) return responses.includes(bindings.bindingOf(inner));
    // `res.status(200).sendFile(…)`
    const next =
      inner === null ? null : inner.type === 'CallExpression' ? calleeOf(inner) : child(inner, 'object');
    return next !== null && isResponse(next);
  };
  const found = findAll(fn.node, 'MemberExpression').find(
    (member) => FILES.has(memberName(member) ?? '') && isResponse(child(member, 'object')),
  );
  return found === undefined ? null : memberName(found);
}

/** Whether what multer made is given a folder. */
const storesFiles = (flow: Flow, middleware: SyntaxNode): boolean =>
  flow.valuesOf(middleware).some((value) => {
    const [made] = value.kind === 'external' ? value.calls : [];
    const [options] = made === undefined ? [] : argumentsOf(made.node);
    const object = options === undefined ? null : unwrap(options);
    if (object?.type !== 'ObjectExpression') return object !== null;
    return children(object, 'properties').some((each) => {
      const storage = propertyKeyName(each) === 'storage' ? child(each, 'value') : null;
      const isMemory = (name: string) => name === 'memoryStorage';
      return storage === null
        ? propertyKeyName(each) === 'dest'
        : !flow.valuesOf(storage).some((found) => found.kind === 'external' && found.path.some(isMemory));
    });
  });

/** `METHOD /template` of a registration; what is no route limits everything below its path. */
function routesOf({ routes }: ExpressProgram, { location, paths }: Registration): string[] {
  const own = routes.filter(({ registration }) => at(registration) === at(location));
  return own.length > 0
    ? own.map(({ method, path }) => `${method} ${path}`)
    : [`ALL ${(paths[0]?.text ?? '').replace(/\/$/, '')}/*`];
}
