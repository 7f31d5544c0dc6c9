import type { RouterValue } from '../../../src/workspace/express/program.ts';
import { packagesIn, routersIn } from '../../../src/workspace/express/registrations.ts';
import { argumentsOf, literalText } from '../../../src/workspace/syntax/nodes.ts';
import { isNamedOverride } from '../bridge/bridged-packages.ts';
import { writesMethod } from '../members/url-rewrites.ts';
import type { Conversion } from '../state/conversion.ts';

/** What `method-override` reads where it is given no name, by its documentation. */
const DEFAULT_NAME = 'X-HTTP-Method-Override';

/**
 * What names another method than that of the request (`method-override`), where the listener that chooses between the worlds
 * can ask for it as Express does: the application registers it for all paths, before its first route. Null where something
 * else changes what requests are routed by.
 */
export function methodNames(conversion: Conversion, app: RouterValue): string[] | null {
  const { program, rewrites } = conversion;
  if (rewrites.has('url') || writesMethod(conversion)) return null;
  const names: string[] = [];
  let isRouted = false;
  for (const { on, method, pathNode, handlers } of program.registrations) {
    for (const argument of handlers.flatMap(packagesIn)) {
      if (argument.package !== 'method-override') continue;
      const [name, ...options] = argument.call === null ? [] : argumentsOf(argument.call.node);
      const isAsked = on === app && method === 'use' && pathNode === null && !isRouted;
      if (!isAsked || !isNamedOverride(argument) || options.length > 0) return null;
      names.push(literalText(name) ?? DEFAULT_NAME);
    }
    isRouted ||= method !== 'use' || handlers.flatMap(routersIn).length > 0;
  }
  return names;
}
