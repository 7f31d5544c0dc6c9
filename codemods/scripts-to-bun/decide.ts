import { at } from '../../src/model/at.ts';
import type { Location } from '../../src/model/location.ts';
import type { ScriptProofs } from '../../src/workspace/evidence/script-comparisons.ts';
import { type Caller, reachedFrom, scriptsRun } from '../shared/scripts/callers.ts';
import type { Script } from './manifest.ts';
import type { Job } from './workflows.ts';

/** Started by the package manager, or by production under any name. */
const LIFECYCLE = [
  ...[
    'preinstall',
    'install',
    'postinstall',
    'prepare',
    'prepublish',
    'prepublishOnly',
    'prepack',
    'postpack',
  ],
  ...['preversion', 'version', 'postversion', 'start', 'heroku-postbuild', 'gcp-build', 'vercel-build'],
];

/** Why a script stays as it is. `todo`: somebody can do something about it. */
export interface Stays {
  reason: string;
  /** Where the reason stands, if it is not the script itself. */
  location?: Location;
  todo: boolean;
  advice?: string;
}

export interface Decision {
  /** Scripts that become another command, with it. */
  moves: ReadonlyMap<string, string>;
  stays: ReadonlyMap<string, Stays>;
}

const COMPARE = 'Run `migrate scripts compare` first.';

/**
 * Which scripts move: those that were compared and did the same, that nothing starts where there may be no Bun, and
 * that run none that stays.
 */
export function decide(
  scripts: ReadonlyMap<string, Script>,
  proofs: ScriptProofs,
  callers: readonly Caller[],
  jobs: readonly Job[],
  version: string,
): Decision {
  const moves = new Map<string, string>();
  const stays = new Map<string, Stays>();
  const texts = new Map([...scripts].map(([name, { command }]) => [name, command]));
  const started = reachedFrom(
    LIFECYCLE.filter((one) => scripts.has(one)),
    texts,
  );
  for (const [name, { command }] of scripts) {
    const why = started.has(name)
      ? { todo: false, reason: 'production or the package manager starts it, also where there is no Bun' }
      : unproven(name, proofs);
    const proof = proofs.of.get(name)?.script;
    if (why) stays.set(name, why);
    else if (proof && proof.becomes !== command) moves.set(name, proof.becomes);
  }

  for (const caller of callers)
    for (const name of reachedFrom([caller.script], texts))
      if (moves.delete(name))
        stays.set(name, {
          ...{ reason: `${caller.who} runs it (${at(caller)}), where there may be no Bun`, todo: true },
          ...{ location: caller, advice: 'Give that place Bun, or let it run a script of its own.' },
        });
  for (const job of jobs) {
    const problem = job.problem(version);
    for (const name of problem ? job.scripts : [])
      if (problem && moves.delete(name))
        stays.set(name, {
          ...{ reason: `the job ${job.name} runs it, and ${problem.reason}`, todo: true },
          ...{ location: problem.location, advice: `Let it set up Bun ${version}.` },
        });
  }
  // It was compared with what it runs on Bun as well.
  const known = new Set(scripts.keys());
  for (let changed = true; changed; ) {
    changed = false;
    for (const [name] of moves) {
      const stayed = [...scriptsRun(texts.get(name) ?? '', known)].find(
        (one) => one !== name && stays.has(one),
      );
      if (stayed === undefined) continue;
      moves.delete(name);
      stays.set(name, { reason: `it runs ${stayed}, which stays`, todo: false });
      changed = true;
    }
  }
  return { moves, stays };
}

/** Why there is no proof that a script does the same on Bun; null where there is one. */
function unproven(name: string, { of, none, stale }: ScriptProofs): Stays | null {
  const proof = of.get(name);
  if (!proof) {
    const day = stale.get(name);
    const reason = none.get(name);
    if (reason !== undefined) return { reason: `it was not compared: ${reason}`, todo: true };
    return day === undefined
      ? { reason: 'what it does on Bun was not compared', todo: true, advice: COMPARE }
      : { reason: `it was compared on ${day}, with other files`, todo: true, advice: COMPARE };
  }
  const { script } = proof;
  if (script.stays !== null) return { reason: script.stays, todo: false };
  const [first, ...more] = script.differences;
  if (!first) return null;
  const others = more.length > 0 ? `, and ${more.length} more differences` : '';
  return { reason: `compared on Bun: ${first.sentence}${others}`, todo: true };
}

/**
 * What production starts, before and after: the commands of every script that something outside package.json's own
 * tasks runs.
 *
 * @throws Error where one of them is another command: a defect, and nothing is written
 */
export function assertProduction(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
  callers: readonly Caller[],
): void {
  const roots = [...LIFECYCLE, ...callers.map(({ script }) => script)].filter((name) => before.has(name));
  for (const name of new Set([...reachedFrom(roots, before), ...reachedFrom(roots, after)])) {
    if (before.get(name) !== after.get(name))
      throw new Error(`scripts-to-bun would change ${name}, which production starts: nothing was written.`);
  }
}
