import type { Owner } from '../../src/model/comparison.ts';
import type { RunReport } from '../../src/model/verdict.ts';

/** What a run found, by owner. */
export interface Found {
  /** `PASS`, `FAIL`, …, or `does not start`. */
  verdict: string;
  compared: number | null;
  /** Owners in words, with how many places each has. */
  owners: [string, number][];
  /** Differences without an owner, and those of left-out behaviour without a rule. */
  wrong: string[];
}

export interface Row {
  fixture: string;
  parity: string;
  runtime: string;
  found: Found;
}

/** Reads a report, or the error of a new side that did not start. */
export function found(result: RunReport | { message: string; hint?: string }): Found {
  if (!('cells' in result)) {
    const owner = /Owner: ([a-z ]+)\./.exec(result.hint ?? '')?.[1] ?? null;
    const gone = /gone in ([\w.@ -]+): upgrade next/.exec(result.hint ?? '')?.[1];
    const reached = result.hint?.includes('that only the new code reaches')
      ? ', reached only by the new code'
      : '';
    const word =
      owner === null || owner === 'not known' ? null : `${owner}${reached}${gone ? `; gone in ${gone}` : ''}`;
    return {
      ...{ verdict: 'does not start', compared: null, owners: word === null ? [] : [[word, 1]] },
      wrong: word === null ? [result.message] : [],
    };
  }
  const owners = new Map<string, number>();
  const wrong: string[] = [];
  for (const { route, location, owner, explained } of result.cells) {
    if (explained) continue;
    const place = `${route} ${location}`;
    if (!owner || owner.kind === 'unknown') wrong.push(`${place}: ${owner?.why ?? 'no owner'}`);
    else if (owner.kind === 'codemod' && !owner.edits) wrong.push(`${place}: no rule (${owner.why})`);
    const word = owner ? wordOf(owner) : 'none';
    owners.set(word, (owners.get(word) ?? 0) + 1);
  }
  return {
    ...{ verdict: result.verdict, compared: result.counts.compared - result.counts.excluded },
    ...{ owners: [...owners].sort((a, b) => b[1] - a[1]), wrong },
  };
}

function wordOf({ kind, edits, release, onlyNewCode }: Owner): string {
  const rules = kind === 'codemod' ? (edits ?? []).map(({ rule }) => rule) : [];
  const families = [...new Set(rules.map((rule) => rule.split('/')[0]))].sort();
  const rule = families.length > 0 ? `, ${families.map((family) => `\`${family}/…\``).join(' or ')}` : '';
  const newest =
    release?.result === 'gone'
      ? `; gone in ${release.newest}`
      : release?.result === 'also'
        ? `; also on ${release.newest}`
        : release
          ? `; ${release.result}`
          : '';
  return `${kind}${onlyNewCode ? ', reached only by the new code' : ''}${rule}${newest}`;
}

const ownersOf = ({ found: { owners } }: Row): string =>
  owners.map(([word, count]) => `${word}: ${count}`).join('<br>') || '–';

/** One row for the terminal. */
export const line = (row: Row): string =>
  [row.fixture, row.parity, row.runtime, row.found.verdict, row.found.compared ?? '–', ownersOf(row)].join(
    ' | ',
  );

/** The page's section. */
export function tableOf(rows: readonly Row[], old: string, about: string): string[] {
  const wrong = rows.reduce((sum, row) => sum + row.found.wrong.length, 0);
  return [
    '## Owners on every runtime',
    '',
    about,
    '',
    `Both fixtures, original on ${old} against converted, over their recordings. Counted are the places (route × location × kind) with an`,
    `unexplained difference, by owner: ${wrong === 0 ? 'none is unknown, and every one of the codemod names its rule' : `**${wrong} without an owner or a rule**`}. With \`--parity idiomatic\` behaviours are left`,
    'out on purpose, so those runs fail by design. A new side that does not start is one finding.',
    '',
    '| fixture | parity | runtime | result | compared | places by owner |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows.map(
      (row) =>
        `| ${row.fixture} | ${row.parity} | ${row.runtime} | ${row.found.verdict} | ${row.found.compared ?? '–'} | ${ownersOf(row)} |`,
    ),
  ];
}
