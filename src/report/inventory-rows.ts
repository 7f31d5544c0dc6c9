import type { Finding, FloatingVersion, Inventory } from '../model/inventory.ts';
import type { Location } from '../model/location.ts';
import { plural } from './format.ts';

/** One row a file: several scripts that start it are one. The source behind build output is named. */
export function entryRows({ entryPoints }: Inventory): [string, string, Location | null][] {
  const rows = new Map<string, { names: string[]; location: Location | null }>();
  for (const { file, present, source, kind, name, location } of entryPoints) {
    // Functions have a section of their own.
    if (kind === 'function') continue;
    const built = source === null ? ' (not in the repository)' : ` (built from ${source})`;
    const shown = `${file}${present ? '' : built}`;
    const row = rows.get(shown) ?? { names: [], location };
    row.names.push(kind === name ? kind : `${kind} ${name}`);
    rows.set(shown, row);
  }
  return [...rows].map(([shown, { names, location }]) => [shown, shortList(names), location]);
}

const shortList = (names: readonly string[]): string =>
  names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');

/** `node:20-alpine to any release of 20`. */
export const moves = ({ value, within }: FloatingVersion): string =>
  within === null ? `${value} to any later version` : `${value} to any later release of ${within}`;

/** A line for the requests that functions of Lambda answer, which no application routes. */
export function inFunctions({ functions }: Inventory): string[] {
  const requests = functions.flatMap(({ events }) => events.filter((event) => /^[A-Z]+ \//.test(event)));
  return requests.length > 0
    ? [`${plural(requests.length, 'route')} of the functions of AWS Lambda, listed above`]
    : [];
}

const OUTSIDE: Record<Exclude<Inventory['builtins'][number]['reach'], 'production'>, string> = {
  test: 'in tests and tools only',
  unreached: 'only in files that no entry point loads',
  apart: 'only in examples, templates and scaffolders',
  browser: 'only in code for browsers',
};

/** One row a module and member, first where the application uses it: `fs.readFile  3 uses`. */
export function grouped({ builtins }: Inventory): { name: string; uses: string; first: Location | null }[] {
  const groups = new Map<string, Inventory['builtins']>();
  for (const use of builtins) {
    const name = [use.module, use.member].filter(Boolean).join('.');
    groups.set(name, [...(groups.get(name) ?? []), use]);
  }
  return [...groups].map(([name, uses]) => {
    const own = uses.filter(({ reach }) => reach === 'production');
    const reaches = new Set(uses.map(({ reach }) => reach));
    const [only] = reaches.size === 1 ? reaches : [];
    const outside =
      only !== undefined && only !== 'production' ? OUTSIDE[only] : 'all outside the application';
    return {
      name,
      uses:
        own.length === 0
          ? `${plural(uses.length, 'use')}, ${outside}`
          : `${plural(own.length, 'use')}${uses.length > own.length ? `, ${uses.length - own.length} more outside the application` : ''}`,
      first: (own[0] ?? uses[0])?.location ?? null,
    };
  });
}

/** One row a finding: what was seen, the targets that mind it, where. Those that block come first. */
export const findingRows = ({ findings }: Inventory, place: (finding: Finding) => string): string[][] =>
  findings
    .toSorted((a, b) => Number(blocks(b)) - Number(blocks(a)))
    .map((finding) => [shortened(finding.seen), namesOf(finding), place(finding)]);

const blocks = ({ targets }: Finding): boolean => targets.some(({ level }) => level === 'blocks');

const namesOf = ({ targets }: Finding): string => targets.map(({ target }) => target).join(', ');

const LONGEST = 70;
const shortened = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text);
