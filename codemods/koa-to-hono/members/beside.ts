import { child } from '../../../src/workspace/syntax/nodes.ts';
import { around } from '../body/context-use.ts';
import type { Conversion } from '../state/conversion.ts';
import type { Replacement, Rule, Use } from './contract.ts';
import { isTarget, READS } from './reads.ts';

/** Members that Koa's context answers itself where it stands behind Hono's: `c.env` is Koa's context. */
const OF_KOA =
  /^(?:own\..*|ctx\.(?:cookies|session|isAuthenticated|isUnauthenticated|login|logout|logIn|logOut|flash|csrf|i18n|sessionId|assert)|request\.(?:originalUrl|origin|search|querystring|host|hostname|href|URL|ip|ips|protocol|secure|subdomains|accepts|is|fresh|stale))$/;

/**
 * What a member becomes in a handler of Hono's that Koa calls; undefined where it is what it is elsewhere.
 */
export function ruleBeside(cv: Conversion, member: string): Rule | undefined {
  if (!cv.beside) return undefined;
  if (OF_KOA.test(member)) return ofKoa;
  if (member === 'request.path' || member === 'request.url')
    return (use) =>
      isTarget(use, use.node)
        ? 'it is written to'
        : { node: use.node, parts: [member === 'request.path' ? `${use.c}.req.path` : `${use.c}.env.url`] };
  if (member === 'request.body') return parsed;
  if (member === 'response.body')
    return (use) => (isTarget(use, use.node) ? 'it stands where no answer can be returned' : ofKoa(use));
  if (member === 'ctx.app') return (use) => ({ node: use.node, parts: [`${use.c}.env.app`] });
  return undefined;
}

/** `ctx.session.id`: `c.env.session.id`. */
function ofKoa(use: Use): Replacement | string {
  const name = use.member?.slice(use.member.indexOf('.') + 1) ?? '';
  const object =
    use.member?.startsWith('request.') && child(use.node, 'object') !== around(use.work, use.reference).node;
  return { node: use.node, parts: [object ? `${use.c}.env.request.${name}` : `${use.c}.env.${name}`] };
}

/** Whoever parsed the body, it is on Koa's request. */
const parsed: Rule = (use) => {
  const rule = READS['request.body'] as Rule;
  return rule({ ...use, cv: { ...use.cv, parsesBodies: true } });
};
