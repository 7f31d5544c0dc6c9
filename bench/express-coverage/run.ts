import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LeftOut } from '../../src/model/changeset.ts';
import { parseSpec, provisionRuntime } from '../../src/runtimes/index.ts';
import { isKeptOut, isLetIn, unannounced } from './announced.ts';
import { type CoverageCase, type RunCase, readCases } from './cases.ts';
import { type Converted, convert, type Outcome, WIRE } from './convert.ts';
import { converse, difference, type WireAnswer } from './exchange.ts';
import { type HostRuntime, type Placed, place, startHost } from './hosts.ts';
import { repositoryRoot } from './repository-root.ts';
import { typeErrors } from './typecheck.ts';
import { asOnWorkers, convertForWorkers } from './workers.ts';

export { repositoryRoot } from './repository-root.ts';

/** What became of one case. */
export interface Row {
  one: CoverageCase;
  outcome: Outcome;
  /** Reasons of a refusal or a bridge, or what is wrong. */
  why: string[];
  /** By runtime: null for the same answers, else the first difference. Empty for a case that was refused. */
  runtimes: Record<string, string | null>;
  /** By runtime: in few words, why a case that runs elsewhere does not run there. */
  notRun: Record<string, string>;
}

const CASES = ['codemods', 'express-to-hono', 'coverage', 'cases'];

/** Every case, or those whose id holds a text. */
export async function loadCases(only = ''): Promise<CoverageCase[]> {
  const root = repositoryRoot();
  const { devDependencies } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const all = await readCases(join(root, ...CASES), devDependencies);
  return all.filter(({ id }) => id.includes(only));
}

/** Requests that the original keeps out (401, 403), on all runtimes, and those of them that the converted application answers. */
export interface Guards {
  keptOut: number;
  letIn: number;
}

export interface CoverageRun {
  rows: Row[];
  runtimes: { name: string; version: string }[];
  guards: Guards;
  /** Scratch folder, kept when asked for. */
  folder: string;
}

/** A case as a runtime gets it, with what the codemod left for the user. */
type Ready = Pick<Converted, 'one' | 'tree' | 'remarks'> & Partial<Pick<Converted, 'leftOut'>>;

/**
 * Runs every case: the original on Node, the converted one on each runtime, all cases of a runtime in one process (Workers:
 * some tens in one). A case that did not start or did not answer is tried once more, with no other case beside it.
 *
 * @param names runtimes for the converted applications, as `migrate` names them; `here` is the Node that runs this
 */
export async function runCoverage(
  cases: readonly CoverageCase[],
  names: readonly string[],
  { keep = false, say = (_text: string) => {}, codemod = WIRE } = {},
): Promise<CoverageRun> {
  const root = repositoryRoot();
  const folder = await mkdtemp(join(tmpdir(), 'express-coverage-'));
  try {
    const converted: Converted[] = [];
    for (const one of cases) converted.push(await convert(one, codemod));
    say(`${cases.length} cases through the codemod`);
    const running = converted.filter(({ outcome }) => /^(converted|bridged|kept)$/.test(outcome));
    const original = (some: readonly CoverageCase[], part: string, together: number) =>
      answers(
        root,
        HERE,
        join(folder, part),
        some.map((one) => ({ one, tree: one.files })),
        together,
      );
    const originals = await original(cases, 'before', TOGETHER);
    for (const [id, reason] of originals.failed) throw new Error(`The case ${id} does not start: ${reason}`);
    const rows = new Map<string, Row>();
    for (const { one, outcome, why } of converted)
      rows.set(one.id, { one, outcome, why, runtimes: {}, notRun: {} });
    const used: CoverageRun['runtimes'] = [];
    const guards: Guards = { keptOut: 0, letIn: 0 };
    for (const name of names) {
      const runtime = name === 'here' ? HERE : await provisionRuntime(await parseSpec(name));
      const label = name === 'here' ? 'node' : name;
      used.push({ name: label, version: runtime.version });
      const ready = label === 'workers' ? await readyForWorkers(running, rows, codemod) : running;
      const after = await answers(root, runtime, join(folder, label), ready, TOGETHER);
      const found = new Map(
        ready.map(({ one, leftOut }) => [one.id, compare(label, one, originals, after, leftOut)]),
      );
      const again = ready.filter(({ one }) => MAYBE_BUSY.test(found.get(one.id) ?? ''));
      if (again.length > 0) {
        say(`once more on ${label}: ${again.map(({ one }) => one.id).join(', ')}`);
        const some = again.map(({ one }) => one);
        const before = await original(some, `before-${label}-again`, 1);
        const second = await answers(root, runtime, join(folder, `${label}-again`), again, 1);
        for (const { one, leftOut } of again) found.set(one.id, compare(label, one, before, second, leftOut));
      }
      say(`${ready.length} cases on ${label} ${runtime.version}`);
      for (const { one } of ready) watch(guards, originals, after, one.id);
      if (used.length === 1) await settleTypes(root, folder, label, cases, rows);
      for (const each of ready) settle(rows.get(each.one.id), label, each, found.get(each.one.id) ?? null);
    }
    return { rows: [...rows.values()], runtimes: used, guards, folder };
  } finally {
    if (!keep) await rm(folder, { recursive: true, force: true });
  }
}

/** Counts the requests of a case that the original keeps out, and those of them that are answered after the conversion. */
export function watch(guards: Guards, before: Answered, after: Answered, id: string): void {
  for (const [index, old] of (before.answers.get(id) ?? []).entries()) {
    const now = after.answers.get(id)?.[index];
    if (now === undefined || !isKeptOut(old)) continue;
    guards.keptOut += 1;
    if (isLetIn(old, now)) guards.letIn += 1;
  }
}

/** The Node that runs this. */
export const HERE = { binary: process.execPath, version: process.versions.node, spec: { name: 'node' } };
/** What the network in front of a Worker says of the client: the address that Node sees here. */
const CLIENT = { 'CF-Connecting-IP': '::ffff:127.0.0.1' };
/** Cases that are asked at one time. */
export const TOGETHER = 8;
/** Where packages are installed: a page tells of the package, not of the machine it was made on. */
const ABOVE_PACKAGES = /[^\s"'()]*\/(?=node_modules\/)/g;
/** Differences that a busy machine makes too; @hono/node-server gives a stream a length when its end comes early enough. */
export const MAYBE_BUSY =
  /^it does not start|silence|broken: |aborted|headers \[(transfer-encoding: chunked|content-length: \d+)\] became \[(transfer-encoding: chunked|content-length: \d+)\]/;

/** Cases that convert for Workers; for the others their rows say why they do not run there. */
async function readyForWorkers(
  running: readonly Converted[],
  rows: ReadonlyMap<string, Row>,
  codemod: typeof WIRE,
): Promise<Ready[]> {
  const ready: Ready[] = [];
  for (const { one } of running) {
    const made = await convertForWorkers(one, codemod);
    const row = rows.get(one.id);
    if ('tree' in made) ready.push({ one, ...made });
    else if (row !== undefined) row.notRun.workers = made.why;
  }
  return ready;
}

/** The first difference, or that a case did not start; null where the answers are the same. */
export function compare(
  label: string,
  one: RunCase,
  before: Answered,
  after: Answered,
  leftOut: readonly LeftOut[] = [],
): string | null {
  const crash = after.failed.get(one.id);
  if (crash !== undefined)
    return `it does not start: ${crash.split('\n').slice(0, 2).join(' ').replace(ABOVE_PACKAGES, '')}`;
  const want = before.answers.get(one.id) ?? [];
  const got = after.answers.get(one.id) ?? [];
  const seen =
    label === 'workers'
      ? got.map((answer, index) =>
          asOnWorkers(one.requests[index]?.method ?? '', want[index] ?? answer, answer),
        )
      : got;
  return leftOut.length > 0 ? firstUnannounced(one, want, seen, leftOut) : difference(one, want, seen);
}

function firstUnannounced(
  one: RunCase,
  before: readonly WireAnswer[],
  after: readonly WireAnswer[],
  leftOut: readonly LeftOut[],
): string | null {
  const found = one.requests.map((request, index) => {
    const [want, got] = [before[index], after[index]];
    return want === undefined || got === undefined
      ? `${request.method} ${request.path}: not compared`
      : unannounced(request, want, got, leftOut);
  });
  return found.find((each) => each !== null) ?? null;
}

function settle(row: Row | undefined, label: string, { remarks }: Ready, found: string | null): void {
  if (row === undefined) return;
  row.runtimes[label] = found;
  if (found === null) return;
  const told = !found.startsWith('it does not start') && remarks.length > 0 && row.outcome !== 'wrong';
  row.outcome = told ? 'told' : 'wrong';
  row.why.push(...(told && row.why.length === 0 ? remarks : []), `${label}: ${found}`);
}

/** What passes tsc passes it after. Checked once: the text is the same for every runtime but Workers. */
async function settleTypes(
  root: string,
  folder: string,
  label: string,
  cases: readonly CoverageCase[],
  rows: ReadonlyMap<string, Row>,
): Promise<void> {
  if (!cases.some(({ entry }) => entry.endsWith('.ts'))) return;
  for (const [id, error] of await typeErrors(root, join(folder, 'before')))
    throw new Error(`The case ${id} does not pass tsc: ${error}`);
  for (const [id, error] of await typeErrors(root, join(folder, label))) {
    const row = rows.get(id);
    if (row === undefined) continue;
    row.outcome = 'wrong';
    row.why.push(`types: ${error}`);
  }
}

export interface Answered {
  answers: ReadonlyMap<string, WireAnswer[]>;
  failed: ReadonlyMap<string, string>;
}

/**
 * Starts applications in one process of a runtime and sends each its requests, some applications at one time.
 *
 * @param first a module to load before the applications, not for Workers
 */
export async function answers(
  root: string,
  runtime: HostRuntime,
  folder: string,
  cases: readonly { one: RunCase; tree: ReadonlyMap<string, string> }[],
  together: number,
  first?: string,
): Promise<Answered> {
  const placed: Placed[] = cases.map(({ one, tree }) => ({ ...one, tree }));
  const extra = runtime.spec.name === 'workers' ? CLIENT : {};
  const host = await startHost(
    root,
    runtime,
    await place(root, folder, placed, runtime.spec.name === 'node'),
    first,
  );
  try {
    const found = new Map<string, WireAnswer[]>();
    const queue = [...cases];
    const worker = async () => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        const port = host.ports.get(next.one.id);
        if (port !== undefined) found.set(next.one.id, await converse(next.one, port, extra));
      }
    };
    await Promise.all(Array.from({ length: together }, worker));
    return { answers: found, failed: host.failed };
  } finally {
    await host.stop();
  }
}
