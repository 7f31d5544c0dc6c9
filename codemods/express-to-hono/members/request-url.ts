import type { Part } from '../../shared/edit/draft.ts';
import { parityName } from '../edit/imports.ts';
import { mountDepth } from '../facts/routes/mount-depth.ts';
import { placeOf } from '../facts/routes/mount-places.ts';
import type { Conversion, Unit } from '../state/conversion.ts';

/** Members of the request that tell what the mounts above a function leave of the URL. */
export type UrlMember = 'url' | 'path' | 'baseUrl';

/** By how many segments the mounts take, where Hono's router is enough. */
const BELOW = { url: 'urlBelow', path: 'pathBelow', baseUrl: 'pathAbove' } as const;
/** By the mount that the running route is below. */
const IN_MOUNT = { url: 'urlInMount', path: 'pathInMount', baseUrl: 'mountPath' } as const;

/** What `req.url`, `req.path` or `req.baseUrl` is in a function, as an expression; a sentence when there is no rule. */
export function urlValue(conversion: Conversion, unit: Unit, name: UrlMember): Part[] | string {
  const { context: c, work } = unit;
  const isPlain = conversion.idiomatic?.routing === 'left-out';
  const place = placeOf(conversion, unit);
  if (place === 'unknown') return `what \`req.${name}\` is depends on who calls this`;
  if (place === 'root' && !(name === 'url' && conversion.rewrites.has('url'))) {
    // Hono's own has its escapes decoded.
    if (name === 'path') return [isPlain ? `new URL(${c}.req.url).pathname` : `${c}.req.path`];
    return name === 'url'
      ? [`${parityName(conversion, work, 'originalUrl')}(${c})`]
      : [work.layout.string('')];
  }
  const depth = isPlain ? mountDepth(conversion, unit) : null;
  return depth === null
    ? [`${parityName(conversion, work, IN_MOUNT[name])}(${c})`]
    : [`${parityName(conversion, work, BELOW[name])}(${c}, ${depth})`];
}
