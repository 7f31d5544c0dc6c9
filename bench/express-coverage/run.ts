import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import expressToHono from '../../codemods/express-to-hono/index.ts';
import { checkText } from '../../src/codemod/case-checks.ts';
import { runOnTree } from '../../src/codemod/cases.ts';
import { parseSpec, provisionRuntime } from '../../src/runtimes/index.ts';
import { type CoverageCase, readCases } from './cases.ts';
import { lostComments } from './comments.ts';
import { converse, difference, type WireAnswer } from './exchange.ts';
import { type Placed, place, startHost } from './hosts.ts';

/** `told`: it answers otherwise, and the codemod said where and why. `wrong`: it does, and nothing was said. */
export type Outcome = 'converted' | 'bridged' | 'refused' | 'told' | 'wrong';

/** What became of one case. */
export interface Row {
  one: CoverageCase;
  outcome: Outcome;
  /** Reasons of a refusal or a bridge, or what is wrong. */
  why: string[];
  /** By runtime: null for the same answers, else the first difference. Empty for a case that was refused. */
  runtimes: Record<string, string | null>;
}

/** The repository this program belongs to, from its sources as from `dist`. */
export function repositoryRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, '.tasks'))) folder = dirname(folder);
  return folder;
}

const CASES = ['codemods', 'express-to-hono', 'coverage', 'cases'];

/** Every case, or those whose id holds a text. */
export async function loadCases(only = ''): Promise<CoverageCase[]> {
  const root = repositoryRoot();
  const { devDependencies } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const all = await readCases(join(root, ...CASES), devDependencies);
  return all.filter(({ id }) => id.includes(only));
}

interface Converted {
  one: CoverageCase;
  outcome: Outcome;
  why: string[];
  tree: ReadonlyMap<string, string>;
  /** What the codemod left for the user although it converted. */
  remarks: string[];
}

/** Runs the codemod on a case, and checks the text it writes: see `checkText`. */
async function convert(one: CoverageCase): Promise<Converted> {
  try {
    const { tree, changeSet } = await runOnTree(expressToHono, one.files, {});
    const changed = changeSet.files.some(
      ({ status }) => /changed|created|deleted/.test(status) && status !== 'unchanged',
    );
    const { leftForYou, outcomes } = changeSet;
    const reasons = [...new Set(leftForYou.map(({ reason }) => reason))];
    if (!changed) {
      const why = reasons.length > 0 ? reasons : ['nothing was found'];
      return { one, outcome: 'refused', why, tree, remarks: [] };
    }
    const bridged = outcomes.filter(({ outcome }) => outcome === 'bridged');
    const refused = outcomes.find(({ outcome }) => outcome === 'refused');
    if (refused !== undefined) return { one, outcome: 'wrong', why: ['half converted'], tree, remarks: [] };
    const faults = await checkText(
      expressToHono,
      one.files,
      { tree, changeSet },
      { options: {}, removes: [] },
    );
    const lost = await lostComments(one.files);
    const text = [
      ...faults.map(({ check, message }) => `${check}: ${message}`),
      ...lost.map((statement) => `comments: the one above ${statement} is lost`),
    ];
    if (text.length > 0) return { one, outcome: 'wrong', why: text, tree, remarks: [] };
    const why = [...new Set(bridged.map(({ reason }) => reason ?? 'bridged'))];
    return { one, outcome: bridged.length > 0 ? 'bridged' : 'converted', why, tree, remarks: reasons };
  } catch (error) {
    return {
      one,
      outcome: 'wrong',
      why: [`the codemod failed: ${String(error)}`],
      tree: one.files,
      remarks: [],
    };
  }
}

export interface CoverageRun {
  rows: Row[];
  runtimes: { name: string; version: string }[];
  /** Scratch folder, kept when asked for. */
  folder: string;
}

/**
 * Runs every case: the original on Node, the converted one on each runtime, all cases of a runtime in one process.
 *
 * @param names runtimes for the converted applications, as `migrate` names them; `here` is the Node that runs this
 */
export async function runCoverage(
  cases: readonly CoverageCase[],
  names: readonly string[],
  { keep = false, say = (_text: string) => {} } = {},
): Promise<CoverageRun> {
  const root = repositoryRoot();
  const folder = await mkdtemp(join(tmpdir(), 'express-coverage-'));
  try {
    const here = { binary: process.execPath, version: process.versions.node, spec: { name: 'node' } };
    const converted: Converted[] = [];
    for (const one of cases) converted.push(await convert(one));
    say(`${cases.length} cases through the codemod`);
    const running = converted.filter(({ outcome }) => outcome === 'converted' || outcome === 'bridged');
    const originals = await answers(root, here, join(folder, 'before'), cases, (one) => one.files);
    for (const [id, reason] of originals.failed) throw new Error(`The case ${id} does not start: ${reason}`);
    const rows = new Map<string, Row>();
    for (const { one, outcome, why } of converted) rows.set(one.id, { one, outcome, why, runtimes: {} });
    const trees = new Map(converted.map(({ one, tree }) => [one.id, tree]));
    const used: CoverageRun['runtimes'] = [];
    for (const name of names) {
      const runtime = name === 'here' ? here : await provisionRuntime(await parseSpec(name));
      const label = name === 'here' ? 'node' : name;
      used.push({ name: label, version: runtime.version });
      const after = await answers(
        root,
        runtime,
        join(folder, label),
        running.map(({ one }) => one),
        (one) => trees.get(one.id) ?? one.files,
      );
      say(`${running.length} cases on ${label} ${runtime.version}`);
      for (const { one, remarks } of running) {
        const row = rows.get(one.id);
        if (row === undefined) continue;
        const crash = after.failed.get(one.id);
        const found =
          crash !== undefined
            ? `it does not start: ${crash.split('\n').slice(0, 2).join(' ')}`
            : difference(one, originals.answers.get(one.id) ?? [], after.answers.get(one.id) ?? []);
        row.runtimes[label] = found;
        if (found !== null) {
          const told = crash === undefined && remarks.length > 0 && row.outcome !== 'wrong';
          row.outcome = told ? 'told' : 'wrong';
          row.why.push(...(told && row.why.length === 0 ? remarks : []), `${label}: ${found}`);
        }
      }
    }
    return { rows: [...rows.values()], runtimes: used, folder };
  } finally {
    if (!keep) await rm(folder, { recursive: true, force: true });
  }
}

async function answers(
  root: string,
  runtime: Parameters<typeof startHost>[1],
  folder: string,
  cases: readonly CoverageCase[],
  treeOf: (one: CoverageCase) => ReadonlyMap<string, string>,
): Promise<{ answers: Map<string, WireAnswer[]>; failed: ReadonlyMap<string, string> }> {
  const placed: Placed[] = cases.map((one) => ({ ...one, tree: treeOf(one) }));
  const host = await startHost(root, runtime, await place(root, folder, placed));
  try {
    const found = new Map<string, WireAnswer[]>();
    const queue = [...cases];
    const worker = async () => {
      for (let one = queue.shift(); one !== undefined; one = queue.shift()) {
        const port = host.ports.get(one.id);
        if (port !== undefined) found.set(one.id, await converse(one, port));
      }
    };
    await Promise.all(Array.from({ length: 8 }, worker));
    return { answers: found, failed: host.failed };
  } finally {
    await host.stop();
  }
}
