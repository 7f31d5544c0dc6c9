import type { RouterValue } from '../../../../src/workspace/express/program.ts';
import { functionsIn, routersIn } from '../../../../src/workspace/express/registrations.ts';
import { type Conversion, textOf } from '../../state/conversion.ts';

interface Outer {
  /** Names of the parameters in the paths of the mounts above a router. */
  all: ReadonlySet<string>;
  /** Those that Express shows it. */
  shown: ReadonlySet<string>;
}

/**
 * Routers that must not see the parameters of the mounts above them: Hono's routes see them all, Express's only with
 * `mergeParams`, level by level. Those of which nobody reads one are left out.
 */
export function ownParamRouters(conversion: Conversion): ReadonlySet<RouterValue> {
  const found = new Set<RouterValue>();
  for (const router of conversion.program.routers) {
    const { all, shown } = outerOf(conversion, router);
    const hidden = [...all].filter((name) => !shown.has(name));
    if (hidden.length === 0 || !mayRead(conversion, router, hidden)) continue;
    for (const each of hidingFor(conversion, router)) found.add(each);
  }
  return found;
}

const merges = (conversion: Conversion, { file, creation }: RouterValue): boolean =>
  /mergeParams:\s*true/.test(textOf(conversion.workOf(file), creation));

const mountsOf = ({ program }: Conversion, router: RouterValue) =>
  program.registrations.filter(({ handlers }) => handlers.flatMap(routersIn).includes(router));

function outerOf(conversion: Conversion, router: RouterValue, below: readonly RouterValue[] = []): Outer {
  const all = new Set<string>();
  const shown = new Set<string>();
  if (below.includes(router)) return { all, shown };
  for (const { on, paths } of mountsOf(conversion, router)) {
    const outer = outerOf(conversion, on, [...below, router]);
    const names = paths.flatMap(({ text }) => paramsOf(text ?? ''));
    for (const name of [...names, ...outer.all]) all.add(name);
    if (merges(conversion, router)) for (const name of [...names, ...outer.shown]) shown.add(name);
  }
  return { all, shown };
}

const paramsOf = (path: string): string[] => [...path.matchAll(/[:*](\w+)/g)].map((match) => match[1] ?? '');

/** The router itself, or the routers above it that hide something from one that sees all they do. */
function hidingFor(
  conversion: Conversion,
  router: RouterValue,
  below: readonly RouterValue[] = [],
): RouterValue[] {
  if (router.kind === 'app' || below.includes(router)) return [];
  if (!merges(conversion, router)) return [router];
  return mountsOf(conversion, router).flatMap(({ on }) => hidingFor(conversion, on, [...below, router]));
}

/** Whether something on a router, or a function that any handler may call, reads one of these or all parameters. */
function mayRead(conversion: Conversion, router: RouterValue, names: readonly string[]): boolean {
  const named = new RegExp(`\\b(${names.join('|')})\\b`);
  const reads = (text: string) => /\bparams?\b(?!\s*\??\.\s*\w)/.test(text) || named.test(text);
  const { functions, registrations } = conversion.program;
  const own = registrations.filter(({ on }) => on === router);
  const handled = new Set(own.flatMap(({ handlers }) => handlers.flatMap(functionsIn)));
  const text = ({ file, node }: (typeof functions)[number]) => textOf(conversion.workOf(file), node);
  return (
    functions.some(
      (fn) =>
        (handled.has(fn) || fn.uses.some(({ kind }) => kind !== 'registered')) &&
        /\bparams?\b/.test(text(fn)) &&
        reads(text(fn)),
    ) ||
    own.some(
      ({ file, handlers }) =>
        handlers.some(({ kind }) => kind === 'package' || kind === 'factory' || kind === 'unknown') &&
        handlers.some(({ node }) => named.test(textOf(conversion.workOf(file), node))),
    )
  );
}
