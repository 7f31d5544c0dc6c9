import type { ExpressProgram, RouterValue } from '../../../../src/workspace/express/program.ts';
import { routersIn } from '../../../../src/workspace/express/registrations.ts';
import {
  argumentsOf,
  child,
  isMember,
  literalText,
  memberName,
} from '../../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../../src/workspace/syntax/parse.ts';
import { type Conversion, type FileWork, replace } from '../../state/conversion.ts';

/** The calls that make them: of a router that is divided there are two. */
const subApps = new WeakSet<SyntaxNode>();

/** Applications that are mounted in another one and do not listen: they are its routers, with a few rules more. */
export function treatAsRouters(program: ExpressProgram): void {
  const listening = new Set(
    program.appCalls
      .filter(({ member }) => /^(listen|createServer|request)$/.test(member))
      .map(({ on }) => on),
  );
  for (const { on, handlers } of program.registrations) {
    for (const mounted of handlers.flatMap(routersIn)) {
      if (mounted.kind !== 'app' || mounted === on || listening.has(mounted)) continue;
      mounted.kind = 'router';
      subApps.add(mounted.creation);
    }
  }
}

/** The application by which new files stand: one that another mounts where the other is not converted with it. */
export const mainApp = ({ routers }: ExpressProgram): RouterValue | undefined =>
  routers.find(({ kind }) => kind === 'app') ?? routers[0];

/** Whether a router is an application that another one mounts. */
export const isSubApp = ({ creation }: RouterValue): boolean => subApps.has(creation);

/** The applications of a program, mounted ones included: what one module keeps for an application is for one only. */
export const appsOf = (conversion: Conversion): RouterValue[] =>
  conversion.program.routers.filter((router) => router.kind === 'app' || isSubApp(router));

/** The applications that requests come to by themselves: those that no other one mounts. */
export const rootsOf = ({ routers }: Pick<ExpressProgram, 'routers'>): RouterValue[] =>
  routers.filter(({ kind }) => kind === 'app');

/** Why what an application keeps has no rule where there are several; null for one alone. */
export function severalApps(conversion: Conversion): string | null {
  const apps = appsOf(conversion);
  if (apps.length < 2) return null;
  const places = apps.map(({ file, creation }) => `${file.path}:${file.locate(creation.start).line}`);
  return `the applications made at ${places.join(' and ')} are converted together, and what one of them keeps has no rule then`;
}

/** `app.path()`: where an application is mounted; null when that is no literal, or in several places. */
function mountedAt(conversion: Conversion, app: RouterValue, own: boolean): string | null {
  if (app.kind === 'app') return own ? '/' : '';
  const mounts = conversion.program.registrations.filter(({ handlers }) =>
    handlers.flatMap(routersIn).includes(app),
  );
  const [mount] = mounts;
  if (mount === undefined || mounts.length > 1 || mount.paths.length > 1 || mount.on === app) return null;
  const path = mount.paths.length === 0 ? '/' : (mount.paths[0]?.text ?? null);
  if (own || path === null) return path;
  const outer = mountedAt(conversion, mount.on, false);
  return outer === null ? null : outer + path;
}

/** `app.path()` and `app.mountpath` are known before the application runs. Returns whether it was one of them. */
export function convertMountPath(
  conversion: Conversion,
  work: FileWork,
  router: RouterValue,
  member: SyntaxNode,
): boolean {
  const name = isMember(member) ? memberName(member) : null;
  const call = work.parents.get(member);
  const isCall = call?.type === 'CallExpression' && child(call, 'callee') === member;
  if (!(name === 'path' && isCall) && !(name === 'mountpath' && !isCall)) return false;
  if (router.kind === 'router' && !isSubApp(router)) return false;
  const text = mountedAt(conversion, router, name === 'mountpath');
  const written = call?.type === 'AssignmentExpression' && child(call, 'left') === member;
  if (text === null || written || call === undefined) return false;
  replace(conversion, work, isCall ? call : member, [work.layout.string(text)], 'routing/mount-path');
  return true;
}

/**
 * Where an application waits to be mounted in another one (`app.on('mount', …)`): whoever does that has Express, so no Hono
 * application can ever stand beside it.
 */
export function madeToBeMounted({ program }: Conversion): Conversion['remarks'][number] | null {
  const found = program.appCalls.find(
    ({ member, call }) =>
      /^(on|once|addListener)$/.test(member) && literalText(argumentsOf(call)[0]) === 'mount',
  );
  if (found === undefined) return null;
  const reason =
    'this application is made to be mounted in another one of Express: it stays that, and handlers are Hono’s where it registers them; a request to one of these takes about twice the CPU time';
  return { location: found.file.locate(found.call.start), rule: 'worlds/in-place', reason };
}
