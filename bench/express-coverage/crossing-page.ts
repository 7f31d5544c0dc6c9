import { join } from 'node:path';
import {
  ANSWERING_PACKAGES,
  BRIDGED_PACKAGES,
} from '../../codemods/express-to-hono/bridge/bridged-packages.ts';
import { LENT_TO_ANSWER, READS_DESPITE } from '../../codemods/express-to-hono/members/bridged-reads.ts';
import type { Crossing, Difference } from './crossing.ts';
import { readsOf } from './crossing-reads.ts';
import { repositoryRoot } from './run.ts';
import { cell } from './table.ts';

/** What a bridged package reads and does not get as Express gives it, with the place; `why` is null when nobody looked at it. */
export interface DifferingRead {
  name: string;
  member: string;
  place: string;
  why: string | null;
}

/** Reads of bridged packages that meet a difference. */
export function differingReads({ differences }: Crossing): DifferingRead[] {
  const differing = new Set(differences.map(({ member }) => member));
  const modules = join(repositoryRoot(), 'node_modules');
  return BRIDGED_PACKAGES.flatMap((name) =>
    [...readsOf(modules, name)]
      .filter(([member]) => differing.has(member))
      .map(([member, place]) => ({ name, member, place, why: whyNothingFollows(name, member) })),
  );
}

function whyNothingFollows(name: string, member: string): string | null {
  if (ANSWERING_PACKAGES.includes(name) && LENT_TO_ANSWER.has(member)) return 'lent with `expressAnswers`';
  return READS_DESPITE[name]?.[member] ?? null;
}

const code = (names: readonly string[]): string => names.map((each) => `\`${each}\``).join(' ');

/** The part of `docs/express-middleware.md` about what crosses from Hono to a bridged package. */
export function crossingSection(crossing: Crossing, reads = differingReads(crossing)): string {
  const { differences, same, compared } = crossing;
  const byMember = new Map<string, Difference[]>();
  for (const each of differences) byMember.set(each.member, [...(byMember.get(each.member) ?? []), each]);
  const isMissing = (all: readonly Difference[]) => all.every(({ lends }) => lends === null);
  const missing = [...byMember].filter(([, all]) => isMissing(all)).map(([member]) => member);
  const lent = [...byMember].filter(([, all]) => !isMissing(all));
  const everywhere = same[4].filter((member) => same[5].includes(member));
  const once = [4, 5].flatMap((version) =>
    same[version as 4 | 5].filter((member) => !everywhere.includes(member) && !byMember.has(member)),
  );
  const lines = [
    '',
    '## What a bridged package is given',
    '',
    'A middleware behind `bridge` gets the request and response of Node’s server. One that looks at all of their members, also',
    'those of their prototypes, stood in Express 4 and 5 and behind the bridge at the same place: before all, under a path, and',
    `behind parsers, each with ordinary and strange requests, on Node, Bun and Deno. ${compared} values were compared.`,
    '',
    `**The same** (${everywhere.length + once.length}): ${code([...everywhere, ...once].sort())}`,
    '',
    `**Not there** (${missing.length}), where Express has them: ${code(missing.sort())}`,
    '',
    '**There, with another value:**',
    '',
    '| member | seen | in Express | behind the bridge | on |',
    '| --- | --- | --- | --- | --- |',
    ...lent.map(([member, all]) => {
      const [{ at, gives, lends } = { at: '', gives: null, lends: null }] = all;
      const on = [...new Set(all.map(({ runtime, express }) => `${runtime} (${express})`))].join(', ');
      return `| \`${member}\` | ${cell(at)} | ${cell(gives ?? 'not there')} | ${cell(lends ?? 'not there')} | ${on} |`;
    }),
    '',
    'A package is bridged only when neither its code nor that of the packages it stands on reads any of these members, but for:',
    '',
    '| package | reads | at | nothing follows |',
    '| --- | --- | --- | --- |',
    ...reads.map(
      ({ name, member, place, why }) =>
        `| \`${name}\` | \`${member}\` | \`${place}\` | ${why ?? '**not looked at**'} |`,
    ),
  ];
  return `${lines.join('\n')}\n`;
}
