import type { Registration } from '../../src/workspace/express/program.ts';
import type { Conversion, FileWork } from './conversion.ts';
import { parityName } from './imports.ts';

/**
 * `chained('GET', 'POST'), ` before the first handler of a `route()` chain. Its methods become routes of their own, and
 * Express answers OPTIONS otherwise for those: Express 4 lists HEAD last for a chain but right after GET for single
 * routes, and a chain that takes OPTIONS itself has none of its methods listed when that goes on. Empty where it makes no
 * difference.
 */
export function chainStart(
  conversion: Conversion,
  work: FileWork,
  { routeCall, call }: Registration,
): string {
  if (conversion.idiomatic?.routing === 'left-out') return '';
  const links = conversion.program.registrations
    .filter((each) => each.routeCall === routeCall)
    .sort((a, b) => a.call.end - b.call.end);
  if (links[0]?.call !== call) return '';
  const verbs = links.map(({ method }) => method.toUpperCase());
  const methods = verbs.filter((verb, index) => verb !== verbs[index - 1]);
  const listsOther = conversion.version === 4 && methods.includes('GET') && methods.at(-1) !== 'GET';
  const takesOptions = methods.includes('OPTIONS') || methods.includes('ALL');
  if (methods.length < 2 || !(listsOther || takesOptions)) return '';
  const given = methods.map((method) => work.layout.string(method)).join(', ');
  return `${parityName(conversion, work, 'chained')}(${given}), `;
}
