import type { Registration } from '../../../src/workspace/express/program.ts';
import { argumentsOf } from '../../../src/workspace/syntax/nodes.ts';
import { parityName } from '../edit/imports.ts';
import { type Conversion, type FileWork, textOf } from '../state/conversion.ts';

/**
 * `chained('GET', 'POST'), ` before the first handler of a `route()` chain. Its methods become routes of their own, and
 * Express answers OPTIONS otherwise for those: Express 4 lists HEAD last for a chain but right after GET for single
 * routes, and a chain that takes OPTIONS itself has none of its methods listed when that goes on. Empty where it makes no
 * difference. A route of its own that follows such a chain on the same path is told apart from it in the same way.
 */
export function chainStart(conversion: Conversion, work: FileWork, registration: Registration): string {
  if (conversion.idiomatic?.routing === 'left-out') return '';
  const { call, method, routeCall, on, pathNode } = registration;
  const links = linksOf(conversion, registration);
  if (routeCall !== null && links[0]?.call !== call) return '';
  const path = routeCall === null ? pathNode : argumentsOf(routeCall.node)[0];
  const follows = conversion.program.registrations.some((other) => {
    const at = other.routeCall === null ? undefined : argumentsOf(other.routeCall.node)[0];
    const isSame = at && path && textOf(conversion.workOf(other.file), at) === textOf(work, path);
    if (other.on !== on || other.routeCall?.node === routeCall?.node || !isSame) return false;
    return needsStart(conversion, methodsOf(linksOf(conversion, other)));
  });
  const methods = routeCall === null ? [method.toUpperCase()] : methodsOf(links);
  if (!follows && (routeCall === null || !needsStart(conversion, methods))) return '';
  const given = methods.map((verb) => work.layout.string(verb)).join(', ');
  return `${parityName(conversion, work, 'chained')}(${given}), `;
}

const linksOf = ({ program }: Conversion, { routeCall }: Registration): Registration[] =>
  program.registrations
    .filter((each) => routeCall !== null && each.routeCall?.node === routeCall.node)
    .sort((a, b) => a.call.end - b.call.end);

function methodsOf(links: readonly Registration[]): string[] {
  const verbs = links.map(({ method }) => method.toUpperCase());
  return verbs.filter((verb, index) => verb !== verbs[index - 1]);
}

function needsStart({ version }: Conversion, methods: readonly string[]): boolean {
  const listsOther = version === 4 && methods.includes('GET') && methods.at(-1) !== 'GET';
  const takesOptions = methods.includes('OPTIONS') || methods.includes('ALL');
  return methods.length > 1 && (listsOther || takesOptions);
}
