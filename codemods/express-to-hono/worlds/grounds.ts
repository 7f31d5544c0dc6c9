import type { ExpressProgram, HandlerArgument, RouterValue } from '../../../src/workspace/express/program.ts';
import { routersIn } from '../../../src/workspace/express/registrations.ts';
import type { Modules } from '../../../src/workspace/syntax/modules.ts';
import type { ParsedFile } from '../../../src/workspace/syntax/parse.ts';
import { pathsIn } from '../facts/routes/path-patterns.ts';
import type { FileWork } from '../state/conversion.ts';
import { type Element, type Ground, holds } from '../state/worlds.ts';
import { elementsOf, homeOf } from './elements.ts';
import { placesOf } from './places/named-places.ts';
import { readTarget } from './targets.ts';

/** What is needed to look into the routers of a program. */
export interface Looking {
  program: ExpressProgram;
  modules: Modules;
  workOf(file: ParsedFile): FileWork;
}

/** The mount of a router, and what is registered on that, statement by statement. */
export interface Divided {
  mount: Element;
  ground: Ground;
  inner: readonly Element[];
}

/**
 * Looks into the router that a statement mounts, if a second router may stand beside it: it is a constant, mounted once
 * and by a name, and all that registers on it is known.
 */
export function lookInto(looking: Looking, element: Element, around: Ground): Divided | null {
  const { program, workOf } = looking;
  const [registration, ...more] = element.registrations;
  if (registration === undefined || more.length > 0 || element.statement === null) return null;
  const { method, paths, handlers } = registration;
  const last = handlers.at(-1);
  if (method !== 'use' || paths.length > 1 || last?.kind !== 'router') return null;
  const [router, ...others] = handlers.flatMap(routersIn);
  if (router === undefined || others.length > 0 || !isPlain(program, router)) return null;
  const home = homeOf(workOf(router.file), router);
  if (home === null || !/^Program$/.test(home.block.type)) return null;
  if (!isNamedIn(looking, router, last, home)) return null;
  const [prefix = null] = pathsIn(registration, around.prefix);
  const below = { path: prefix ?? '/', below: true, method: null };
  const mount: Element = {
    ...element,
    ...{ kind: 'mount', patterns: [prefix === null ? null : below], prefix: null },
  };
  const ground = { on: router, home, prefix, mount };
  return { mount, ground, inner: elementsOf(program, ground, workOf) };
}

/** A router that is mounted once, made once, and handed to nobody. */
function isPlain({ registrations, routers }: ExpressProgram, router: RouterValue): boolean {
  const mounts = registrations.filter(({ handlers }) => handlers.flatMap(routersIn).includes(router));
  const isCopied = routers.some(({ copyOf }) => copyOf === router);
  return (
    router.kind === 'router' &&
    router.copyOf === undefined &&
    !isCopied &&
    router.escapes.length === 0 &&
    mounts.length === 1
  );
}

/** Whether the mount names the router, so that another name can stand there. */
function isNamedIn(
  { modules, workOf }: Looking,
  router: RouterValue,
  argument: HandlerArgument,
  home: Ground['home'],
): boolean {
  const target = readTarget(workOf(router.file), home.statement);
  return (
    target !== null &&
    placesOf(target, modules, workOf).some(
      ({ work, node }) => work.file === argument.file && holds(argument.node, node),
    )
  );
}
