import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseSpec, provisionRuntime } from '../../src/runtimes/index.ts';
import type { CaseRequest, CoverageCase } from './cases.ts';
import type { WireAnswer } from './exchange.ts';
import { type HostRuntime, place } from './hosts.ts';
import { besideModule, keptForWorkers } from './kept-workers.ts';
import { type Answered, answers, compare, HERE, MAYBE_BUSY, repositoryRoot, TOGETHER } from './run.ts';

/**
 * What an application that stays in Express, beside Hono, answers on a runtime: the `same` as alone on Node, the same as
 * alone on that `runtime` (which runs Express otherwise), or a `wrong` answer.
 */
export type KeptResult = { is: 'same' } | { is: 'runtime' | 'not run' | 'wrong'; why: string };

/** By the id of a case, by runtime. */
export type Kept = ReadonlyMap<string, Readonly<Record<string, KeptResult>>>;

/** Asked first: the route of Hono, which every application gets beside it. */
const BESIDE: CaseRequest = {
  ...{ method: 'GET', path: '/beside-express/7', headers: {}, body: null },
  timeout: 2_000,
};

/** A case with files to start. */
export interface KeptCase {
  one: CoverageCase;
  tree: ReadonlyMap<string, string>;
}

/**
 * Runs every case as it is, with a Hono application of one route beside it, and compares with the case alone on Node; what
 * differs is run once more by itself, then compared with the case alone on the same runtime.
 *
 * @param names runtimes, as `migrate` names them; `here` is the Node that runs this
 */
export async function runKept(
  cases: readonly CoverageCase[],
  names: readonly string[],
  say: (text: string) => void = () => {},
): Promise<Kept> {
  const root = repositoryRoot();
  const folder = await mkdtemp(join(tmpdir(), 'express-kept-'));
  const kept = new Map<string, Record<string, KeptResult>>(cases.map(({ id }) => [id, {}]));
  try {
    const plain = cases.map((one) => ({ one, tree: one.files }));
    const originals = await answers(root, HERE, join(folder, 'alone'), plain, TOGETHER);
    for (const name of names) {
      const runtime = name === 'here' ? HERE : await provisionRuntime(await parseSpec(name));
      const label = name === 'here' ? 'node' : name;
      const turn = { root, runtime, label, folder: join(folder, label) };
      const ready = plain.flatMap((each): KeptCase[] => {
        const made = label === 'workers' ? keptForWorkers(each.one, 'beside') : each;
        if (!('why' in made)) return [made];
        settle(kept, each.one, label, { is: 'not run', why: made.why });
        return [];
      });
      const found = await differences(turn, ready, originals, { part: 'beside', together: TOGETHER });
      for (const { one } of ready) settle(kept, one, label, { is: 'same' });
      const again = ready.filter(({ one }) => MAYBE_BUSY.test(found.get(one.id) ?? ''));
      if (again.length > 0) {
        const some = again.map(({ one }) => ({ one, tree: one.files }));
        const before = await answers(root, HERE, join(turn.folder, 'alone-again'), some, 1);
        const second = await differences(turn, again, before, { part: 'again', together: 1 });
        for (const { one } of again) found.delete(one.id);
        for (const [id, why] of second) found.set(id, why);
      }
      const differing = ready.filter(({ one }) => found.has(one.id));
      const alone = await aloneOn(turn, differing);
      const own = await differences(turn, differing, alone, { part: 'as-alone', together: 1 });
      let wrong = 0;
      for (const { one } of differing) {
        const why = found.get(one.id) ?? '';
        const other = alone.failed.has(one.id) ? undefined : own.get(one.id);
        settle(kept, one, label, other === undefined ? { is: 'runtime', why } : { is: 'wrong', why: other });
        if (other !== undefined) wrong += 1;
      }
      say(`${ready.length} cases kept in Express on ${label} ${runtime.version}, ${wrong} wrong`);
    }
    return kept;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function settle(
  kept: Map<string, Record<string, KeptResult>>,
  { id }: CoverageCase,
  label: string,
  result: KeptResult,
): void {
  const row = kept.get(id);
  if (row !== undefined) row[label] = result;
}

interface Turn {
  root: string;
  runtime: HostRuntime;
  label: string;
  folder: string;
}

/** Where cases with Hono beside them answer otherwise than they did before, and how; where Hono's own route does. */
async function differences(
  { root, runtime, label, folder }: Turn,
  cases: readonly KeptCase[],
  before: Answered,
  { part, together }: { part: string; together: number },
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  if (cases.length === 0) return found;
  const own = join(folder, part);
  const first = label === 'workers' ? undefined : await placeBeside(root, join(own, 'first'));
  const asked = cases.map(({ one, tree }) => ({
    one: { ...one, requests: [BESIDE, ...one.requests] },
    tree,
  }));
  const after = await answers(root, runtime, join(own, 'cases'), asked, together, first);
  const rest = new Map([...after.answers].map(([id, [, ...all]]) => [id, all]));
  for (const { one } of cases) {
    const [hono] = after.answers.get(one.id) ?? [];
    const lost = hono !== undefined && !isHono(hono) ? `Hono's route: ${hono.status} ${hono.body}` : null;
    const why = lost ?? compare(label, one, before, { ...after, answers: rest });
    if (why !== null) found.set(one.id, why);
  }
  return found;
}

const isHono = ({ status, headers, body }: WireAnswer): boolean =>
  status.startsWith('200') && body === 'hono 7' && !headers.some((line) => line.startsWith('x-powered-by'));

/** The cases alone on a runtime. */
async function aloneOn(
  { root, runtime, label, folder }: Turn,
  cases: readonly KeptCase[],
): Promise<Answered> {
  if (cases.length === 0) return { answers: new Map(), failed: new Map() };
  const trees = cases.flatMap(({ one }): KeptCase[] => {
    const made = label === 'workers' ? keptForWorkers(one, 'alone') : { one, tree: one.files };
    return 'why' in made ? [] : [made];
  });
  return answers(root, runtime, join(folder, 'alone'), trees, 1);
}

/** Writes what puts Hono beside the applications of a process, with the module that the codemod would write. */
async function placeBeside(root: string, folder: string): Promise<string> {
  const text = await readFile(join(root, 'bench', 'express-coverage', 'beside.mjs'), 'utf8');
  const parity = besideModule();
  const tree = new Map([
    ['beside.mjs', text],
    ['express-parity.mjs', parity.text],
    ['package.json', JSON.stringify({ dependencies: { hono: '*', ...parity.dependencies } })],
  ]);
  await place(
    root,
    folder,
    [{ id: 'beside', express: 4, entry: 'beside.mjs', tree, modules: new Map() }],
    false,
  );
  return join(folder, 'beside', 'beside.mjs');
}
