import { createHash } from 'node:crypto';
import { type ComparedScript, ScriptComparison } from '../../model/scripts.ts';
import { words } from '../command-line.ts';
import { keepEvidence, readEvidence } from './files.ts';

/** The folder of `.migrate/evidence` with what comparisons of scripts found. */
export const SCRIPTS = 'scripts';
/** What the codemod itself changes is held against the evidence script by script. */
const NOT_READ_BY_SCRIPTS = /^(?:\.github|\.migrate)\//;

/** Keeps what a comparison of scripts found. @returns the path relative to the root */
export const writeComparison = (root: string, found: ScriptComparison): string =>
  keepEvidence(root, SCRIPTS, found);

/** Every comparison that was kept, oldest first. A file that is no such document is passed over. */
export const readComparisons = (root: string): ScriptComparison[] =>
  readEvidence(root, SCRIPTS, ScriptComparison).map(({ found }) => found);

/** What was last found of one script, and the comparison it is from. */
export interface ScriptProof {
  script: ComparedScript;
  from: ScriptComparison;
}

/** What comparisons say of the scripts as they are now. */
export interface ScriptProofs {
  /** By name: the newest that was made of the files as they are and of the command as it is, or of what it became. */
  of: ReadonlyMap<string, ScriptProof>;
  /** Names that were looked at with the files as they are and not compared, with the reason. */
  none: ReadonlyMap<string, string>;
  /** Names that only have a comparison of other files or of another command, with the day it was made. */
  stale: ReadonlyMap<string, string>;
}

/** What is read of a repository to know whether a comparison is of it. */
export interface Readable {
  files: readonly string[];
  read(path: string): Promise<string | null>;
}

/** The newest proof of each script, where it is of the files as they are. */
export async function scriptProofs(
  root: string,
  repository: Readable,
  scripts: ReadonlyMap<string, string>,
): Promise<ScriptProofs> {
  const of = new Map<string, ScriptProof>();
  const none = new Map<string, string>();
  const stale = new Map<string, string>();
  const all = readComparisons(root);
  if (all.length === 0) return { of, none, stale };
  const sources = await sourcesDigest(repository);
  for (const from of all) {
    const changed = from.sources === sources ? changedSince(from, scripts) : null;
    for (const script of from.scripts) {
      if (!scripts.has(script.name)) continue;
      const isNow = changed?.has(script.name) === false;
      if (script.outcome === 'none') {
        if (isNow) none.set(script.name, script.reason ?? '');
      } else if (isNow) of.set(script.name, { script, from });
      else stale.set(script.name, from.madeAt.slice(0, 10));
    }
  }
  for (const name of of.keys()) stale.delete(name);
  return { of, none, stale };
}

/** Scripts that are neither as they were nor as they were to become, and those that run them. */
function changedSince({ scripts: then }: ScriptComparison, now: ReadonlyMap<string, string>): Set<string> {
  const changed = new Set<string>();
  for (const { name, command, becomes } of then) {
    const text = now.get(name);
    if (text !== command && text !== becomes) changed.add(name);
  }
  // A set that grows while it is walked: those that run what changed come after it.
  for (const name of changed)
    for (const script of then) if (words(script.command).includes(name)) changed.add(script.name);
  return changed;
}

/** See `ScriptComparison.sources`. Git may check files out with other line endings: those do not count. */
export async function sourcesDigest({ files, read }: Readable): Promise<string> {
  const hash = createHash('sha256');
  for (const path of files.filter((each) => !NOT_READ_BY_SCRIPTS.test(each)).toSorted()) {
    const text = (await read(path))?.replaceAll('\r\n', '\n') ?? '';
    hash.update(`${path}\u0000${path === 'package.json' ? withoutScripts(text) : text}\u0000`);
  }
  return hash.digest('hex');
}

function withoutScripts(text: string): string {
  try {
    return JSON.stringify({ ...JSON.parse(text.replace(/^\ufeff/, '')), scripts: null });
  } catch {
    return text;
  }
}
