import type { Value } from '../../../syntax/flow/values.ts';
import type { Modules } from '../../../syntax/modules.ts';
import type { Reading } from '../../reader.ts';
import { isExternal, wayTo } from '../../values.ts';

/** Frameworks by which a program makes its server itself. */
const FRAMEWORKS: ReadonlySet<string> = new Set([
  ...[
    '@hapi/hapi',
    '@nestjs/core',
    '@hapi/glue',
    'connect',
    'elysia',
    'express',
    'fastify',
    'h3',
    'hapi',
    'hono',
  ],
  ...['koa', 'micro', 'next', 'nuxt', 'polka', 'restify', 'sails'],
]);

const known = new WeakMap<Modules, boolean>();

/** Whether no source imports a framework: a package may make the server, and be handed plugins. */
function importsNone(modules: Modules): boolean {
  let none = known.get(modules);
  if (none === undefined) {
    none = !modules.paths.some((path) => modules.packagesOf(path).some((name) => FRAMEWORKS.has(name)));
    known.set(modules, none);
  }
  return none;
}

/** Whether a file may hand a plugin to a server that a package made. */
export const mayRegister = (path: string, modules: Modules): boolean =>
  importsNone(modules) &&
  /\.\s*register\s*\(/.test(modules.text(path) ?? '') &&
  modules.packagesOf(path).length > 0;

/** Whether a value is what a function of some package gave: its server, if it is handed a plugin of hapi. */
export const isOfPackage = (value: Value): boolean => isExternal(value) && /(?:^|\.)\(\)$/.test(wayTo(value));

/** Whether a value has the shape of hapi's plugins: a name and a function `register`. Source: hapi 21's reference, Plugins. */
export function isPlugin({ flow, arguments: args }: Reading, value: Value): boolean {
  if (value.kind === 'module')
    return [value.assigned, flow.memberOf(value, 'default')].some((cell) =>
      [...cell.values].some((each) => each !== value && isPlugin({ flow, arguments: args } as Reading, each)),
    );
  if (value.kind !== 'object') return false;
  const registers = [...flow.memberOf(value, 'register').values].some(({ kind }) => kind === 'function');
  return registers && args.property(value, 'name') !== null;
}
