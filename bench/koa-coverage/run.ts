import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import koaToHono from '../../codemods/koa-to-hono/index.ts';
import { checkText } from '../../src/codemod/case-checks.ts';
import { runOnTree, type Tree } from '../../src/codemod/cases.ts';
import type { LeftOut } from '../../src/model/changeset.ts';
import { parseSpec, provisionRuntime } from '../../src/runtimes/index.ts';
import {
  answers,
  compare,
  type Guards,
  HERE,
  MAYBE_BUSY,
  repositoryRoot,
  TOGETHER,
  watch,
} from '../express-coverage/run.ts';
import { type KoaCase, readCases } from './cases.ts';

/** `bridged`: something of it stays Koa's and runs inside Hono. `kept`: the application stays Koa's and calls handlers of Hono. */
export type Outcome = 'converted' | 'bridged' | 'kept' | 'refused' | 'wrong';

/** What became of one case. */
export interface Row {
  one: KoaCase;
  outcome: Outcome;
  why: string[];
  /** By runtime: null for the same answers, else the first difference. */
  runtimes: Record<string, string | null>;
  /** By runtime: why a case that runs elsewhere does not run there. */
  notRun: Record<string, string>;
}

export interface KoaRun {
  rows: Row[];
  runtimes: { name: string; version: string }[];
  /** Requests that the original answers with 401 or 403, and those of them that the output answers. */
  guards: Guards;
}

interface Ready {
  one: KoaCase;
  tree: Tree;
  leftOut: readonly LeftOut[];
}

/** Every case, or those whose id holds a text. */
export async function loadCases(only = ''): Promise<KoaCase[]> {
  const root = repositoryRoot();
  const { devDependencies } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const all = await readCases(join(root, 'codemods', 'koa-to-hono', 'coverage', 'cases'), devDependencies);
  return all.filter(({ id }) => id.includes(only));
}

/** Runs the codemod on a case, and checks the text that it writes. */
async function convert(
  one: KoaCase,
  target: string,
  koa = 'goes',
): Promise<{ row: Row; ready: Ready | null }> {
  const row: Row = { one, outcome: 'converted', why: [], runtimes: {}, notRun: {} };
  const { tree, changeSet } = await runOnTree(koaToHono, one.files, { target, koa });
  const reasons = [...new Set(changeSet.leftForYou.map(({ reason }) => reason))];
  const isChanged = changeSet.files.some(({ status }) => /^(changed|created|deleted)$/.test(status));
  if (!isChanged) {
    const why = reasons.length > 0 ? reasons : ['nothing was found'];
    return { row: { ...row, outcome: 'refused', why }, ready: null };
  }
  const faults = await checkText(
    koaToHono,
    one.files,
    { tree, changeSet },
    { options: { target, koa }, removes: [] },
  );
  if (faults.length > 0) {
    const why = faults.map(({ check, message }) => `${check}: ${message}`);
    return { row: { ...row, outcome: 'wrong', why }, ready: null };
  }
  const isBridged = [...tree.values()].some((text) => text.includes('inKoa('));
  const isKept = [...tree.values()].some((text) => text.includes('inHono('));
  const kept = changeSet.outcomes.flatMap(({ outcome, reason }) =>
    /^(bridged|kept)$/.test(outcome) ? (reason ?? []) : [],
  );
  const why = [...new Set([...kept, ...(isKept ? reasons : [])])];
  const settled: Row = isKept || isBridged ? { ...row, outcome: isKept ? 'kept' : 'bridged', why } : row;
  return { row: settled, ready: { one, tree, leftOut: changeSet.leftOut ?? [] } };
}

/**
 * Runs every case: the original on Node, the converted one on each runtime.
 *
 * @param names runtimes for the output, as `migrate` names them; `here` is the Node that runs this
 */
export async function runCoverage(
  cases: readonly KoaCase[],
  names: readonly string[],
  say: (text: string) => void = () => {},
  keep = false,
  koa = 'goes',
): Promise<KoaRun & { folder: string }> {
  const root = repositoryRoot();
  const folder = await mkdtemp(join(tmpdir(), 'koa-coverage-'));
  try {
    const made = [];
    for (const one of cases) made.push(await convert(one, 'node', koa));
    const rows = new Map(made.map(({ row }) => [row.one.id, row]));
    say(`${cases.length} cases through the codemod`);
    const originals = (some: readonly KoaCase[], part: string, together: number) =>
      answers(
        root,
        HERE,
        join(folder, part),
        some.map((one) => ({ one, tree: one.files })),
        together,
      );
    const before = await originals(cases, 'before', TOGETHER);
    for (const [id, reason] of before.failed) throw new Error(`The case ${id} does not start: ${reason}`);
    const used: KoaRun['runtimes'] = [];
    const guards = { keptOut: 0, letIn: 0 };
    for (const name of names) {
      const runtime = name === 'here' ? HERE : await provisionRuntime(await parseSpec(name));
      const label = name === 'here' ? 'node' : name;
      used.push({ name: label, version: runtime.version });
      const ready =
        label === 'node' ? made.flatMap((each) => each.ready ?? []) : await readyFor(label, made, rows, koa);
      const after = await answers(root, runtime, join(folder, label), ready, TOGETHER);
      const found = new Map(
        ready.map(({ one, leftOut }) => [one.id, compare(label, one, before, after, leftOut)]),
      );
      const again = ready.filter(({ one }) => MAYBE_BUSY.test(found.get(one.id) ?? ''));
      if (again.length > 0) {
        const old = await originals(
          again.map(({ one }) => one),
          `before-${label}-again`,
          1,
        );
        const second = await answers(root, runtime, join(folder, `${label}-again`), again, 1);
        for (const { one, leftOut } of again) found.set(one.id, compare(label, one, old, second, leftOut));
      }
      say(`${ready.length} cases on ${label} ${runtime.version}`);
      for (const { one } of ready) {
        watch(guards, before, after, one.id);
        settle(rows.get(one.id), label, found.get(one.id) ?? null);
      }
    }
    return { rows: [...rows.values()], runtimes: used, guards, folder };
  } finally {
    if (!keep) await rm(folder, { recursive: true, force: true });
  }
}

/** The cases as they are converted for another runtime than Node. */
async function readyFor(
  label: string,
  made: readonly { ready: Ready | null }[],
  rows: ReadonlyMap<string, Row>,
  koa: string,
): Promise<Ready[]> {
  const ready: Ready[] = [];
  for (const { ready: one } of made) {
    if (one === null) continue;
    const own = await convert(one.one, label, koa);
    if (own.ready !== null) ready.push(own.ready);
    const row = rows.get(one.one.id);
    if (row === undefined || own.ready !== null) continue;
    if (own.row.outcome === 'wrong') settle(row, label, own.row.why.join(' / '));
    else row.notRun[label] = own.row.why[0] ?? '';
  }
  return ready;
}

function settle(row: Row | undefined, label: string, found: string | null): void {
  if (row === undefined) return;
  row.runtimes[label] = found;
  if (found === null) return;
  row.outcome = 'wrong';
  row.why.push(`${label}: ${found}`);
}
