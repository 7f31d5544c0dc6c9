import type { Registration, RouterValue } from '../../../src/workspace/express/program.ts';
import { type PackageArgument, packagesIn, routersIn } from '../../../src/workspace/express/registrations.ts';
import { argumentsOf, literalText } from '../../../src/workspace/syntax/nodes.ts';
import { isNamedOverride } from '../bridge/bridged-packages.ts';
import type { Conversion } from '../state/conversion.ts';
import { writesMethod } from './url-rewrites.ts';

/** What `method-override` reads where it is given no name, by its documentation. */
const DEFAULT_NAME = 'X-HTTP-Method-Override';

/**
 * What names another method than that of the request (`method-override`), where the listener that chooses between the worlds
 * can ask for it: the application registers it for all paths. Null where something else changes what requests are routed by.
 */
export function methodNames(conversion: Conversion, app: RouterValue): string[] | null {
  if (conversion.rewrites.has('url') || writesMethod(conversion)) return null;
  const names: string[] = [];
  for (const { on, method, pathNode, handlers } of conversion.program.registrations) {
    for (const argument of handlers.flatMap(packagesIn)) {
      if (!isOverride(argument)) continue;
      const [name, ...options] = argument.call === null ? [] : argumentsOf(argument.call.node);
      const isForAll = on === app && method === 'use' && pathNode === null;
      if (!isForAll || !isNamedOverride(argument) || options.length > 0) return null;
      names.push(literalText(name) ?? DEFAULT_NAME);
    }
  }
  return names;
}

/** Routes before the last of them: to those a request comes by its own method, which the listener does not ask for. */
export function routesBeforeNames({ program }: Conversion, app: RouterValue): Registration[] {
  const own = program.registrations.filter(({ on }) => on === app);
  const last = own.findLastIndex(({ handlers }) => handlers.flatMap(packagesIn).some(isOverride));
  return own
    .slice(0, Math.max(last, 0))
    .filter(({ method, handlers }) => method !== 'use' || handlers.flatMap(routersIn).length > 0);
}

const isOverride = ({ package: name }: PackageArgument): boolean => name === 'method-override';
