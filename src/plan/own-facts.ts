import type { Inventory } from '../model/inventory.ts';
import type { Reason } from '../model/plan.ts';
import { endedHere } from './advice/platforms.ts';

/** Names in one sentence before the rest is only counted. */
const MOST_NAMES = 4;

/** What this application itself gives the verdict to go by, before anything that was measured elsewhere. */
export function ownReasons({
  routes,
  unreadRoutes,
  functions,
  nativeAddons,
  dependencies,
  signs,
}: Inventory): Reason[] {
  const found: Reason[] = endedHere(signs).map(({ sign, sentence, instead }) => ({
    ...{ sentence: `${sentence}. Take ${instead}.`, location: sign.location, known: 'table' },
  }));
  const [first] = routes;
  if (first)
    found.push({
      sentence: `${count(routes.length, 'route')} of this application ${routes.length === 1 ? 'was' : 'were'} read.`,
      location: first.location,
      known: 'read',
    });
  for (const { framework, reason, location, known, inPart } of unreadRoutes) {
    const what = inPart
      ? `The paths of ${framework} were read in part`
      : `The routes of ${framework} were not read`;
    found.push({ sentence: `${what}: ${reason}.`, location, known });
  }
  const [fn] = functions;
  if (fn)
    found.push({ sentence: `It runs as ${functionsOf(functions)}.`, location: fn.location, known: 'read' });
  const loaded = nativeAddons.filter(
    (addon) => dependencies.find(({ name }) => name === addon.package)?.kind !== 'dev',
  );
  const [addon] = loaded;
  if (addon)
    found.push({
      sentence: `It loads compiled code of ${names(loaded.map((item) => item.package))}.`,
      location: addon.location,
      known: addon.known,
    });
  return found;
}

/** `21 functions of AWS Lambda`, or the adapter that makes it one. */
function functionsOf(functions: Inventory['functions']): string {
  const [first] = functions;
  return first?.platform === 'adapter'
    ? `a function of AWS Lambda, through ${first.name}`
    : `${count(functions.length, 'function')} of AWS Lambda (${first?.platform === 'sam' ? 'SAM' : 'Serverless'})`;
}

const count = (amount: number, noun: string): string => `${amount} ${noun}${amount === 1 ? '' : 's'}`;

function names(all: readonly string[]): string {
  const unique = [...new Set(all)];
  const rest = unique.length - MOST_NAMES;
  return unique.slice(0, MOST_NAMES).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}
