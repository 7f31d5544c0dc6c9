import { createHash } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { Gates } from '../../src/model/gates.ts';
import type { RunReport } from '../../src/model/verdict.ts';
import { attribute } from '../../src/shadow/attribute/index.ts';
import { ANSWER_FAULTS } from '../../src/shadow/faults/answers.ts';
import type { Fault } from '../../src/shadow/faults/plant.ts';
import { applyGates } from '../../src/shadow/gates/index.ts';
import { runShadow } from '../../src/shadow/run.ts';
import type { RunOptions } from '../../src/shadow/run-options.ts';
import type { Traffic } from '../../src/shadow/traffic/traffic.ts';
import { prepareApplication } from '../application.ts';
import { machine, writeSection } from '../section.ts';
import { behindProxy, type Damage, type DamagedSide, MARK } from './proxy.ts';

/**
 * Seeded faults on a real application: whether a run finds them, and names the right owner. With `--only KIND,…` (a fault,
 * or `same` for the long run) the rows are printed and the page stays as it is.
 */
const RATES = [1, 0.5, 0.2, 0.1, 0.05, 0.02];
const EXCHANGES = 100;
const LONG_RUN = 5_000;
/** A fault rate that no route may hide: what a run that found nothing has to speak to. */
const BOUND = 0.02;
/** Well above the 100 ms that a busy machine may add to a route; fewer requests, because each of them waits. */
const DELAY_MS = 300;
const DELAYED_EXCHANGES = 60;
const OWNERS = ['codemod', 'runtime', 'interaction'] as const;
type OwnerKind = (typeof OWNERS)[number];

const options: RunOptions = {
  writes: 'refused',
  ...{ routes: [], limits: [], waivers: [], allow: [], timeoutMs: 200, minCoverage: 0.5 },
};

/** A run whose sides answer late waits for them: 200 ms would turn a delay into a time-out on a busy machine. */
const slowOptions: RunOptions = { ...options, timeoutMs: 10_000 };

const { values } = parseArgs({ options: { only: { type: 'string' } } });
const only = values.only?.split(',');
const asked = (kind: string) => only?.includes(kind) ?? true;

// The same from bench/shadow-faults/ and, bundled, from dist/bench/.
const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
// What discovers files beside itself must run from where it was built.
const { launchSides, readTraffic } = (await import(
  pathToFileURL(join(root, 'dist', 'src', 'shadow', 'index.js')).href
)) as typeof import('../../src/shadow/index.ts');

const app = await prepareApplication(root, 'express-notes');
const started = Date.now();
try {
  const recorded = await readTraffic(join(app.original, 'traffic.har'));
  const long = asked('same') ? await longRun(recorded) : null;
  if (long) process.stdout.write(`same: ${long.verdict}, ${long.counts.compared} exchanges\n`);
  for (const { route, kind, location, exemplars } of long?.cells.filter(({ explained }) => !explained) ?? [])
    process.stdout.write(`  ${route} ${kind} ${location} ${JSON.stringify(exemplars)}\n`);
  // Written after every kind: what was measured stays if the rest is interrupted.
  const table = await faultTable(recorded, (measured) => {
    if (long && !only)
      writeSection(root, 'shadow-faults', page(measured, long, recorded.exchanges.length), 'shadow.md');
  });
  const wrong = table.rows.flatMap(({ cells }) => cells).filter((cell) => /missed|wrong/.test(cell));
  process.stdout.write(`${wrong.length} missed or with a wrong owner, ${seconds()} s\n`);
  process.exitCode = wrong.length === 0 && (long?.verdict ?? 'PASS') === 'PASS' ? 0 : 1;
} finally {
  rmSync(app.scratch, { recursive: true, force: true });
}

function seconds(): number {
  return Math.round((Date.now() - started) / 1000);
}

interface Row {
  kind: string;
  owner: OwnerKind;
  cells: string[];
}

interface Table {
  rows: Row[];
  sides: string;
}

async function faultTable(recorded: Traffic, done: (table: Table) => void): Promise<Table> {
  const logs = join(app.scratch, 'logs');
  const [before, after] = ['node@22', 'bun'];
  const run = { cwd: app.scratch, logs, readyTimeoutMs: 60_000 };
  const main = await launchSides(
    { old: { spec: `${before}:${app.original}` }, new: { spec: `${after}:${app.converted}` } },
    run,
  );
  const corners = await launchSides(
    { old: { spec: `${before}:${app.converted}` }, new: { spec: `${after}:${app.original}` } },
    { ...run, logs: `${logs}-corners` },
  );
  const proxied = {
    both: await behindProxy(main.sides.new),
    code: await behindProxy(corners.sides.old),
    runtime: await behindProxy(corners.sides.new),
  };
  const traffic = readOnly(recorded);
  const kinds: { id: string; fault: Fault | null }[] = [
    ...ANSWER_FAULTS.filter(({ id }) => id !== 'stream-event-lost').map((fault) => ({ id: fault.id, fault })),
    { id: 'delayed', fault: null },
  ];
  const rows: Row[] = [];
  const named = ({ identity }: typeof main.sides.old) => `${identity.runtime} ${identity.version}`;
  const sides = `${named(main.sides.old)} → ${named(main.sides.new)}`;
  try {
    for (const [i, { id, fault }] of kinds.entries()) {
      if (!asked(id)) continue;
      const owner = OWNERS[i % OWNERS.length] ?? 'codemod';
      const cells: string[] = [];
      for (const rate of RATES) {
        const damage = damageOf(id, fault, rate);
        proxied.both.damage = damage;
        proxied.code.damage = owner === 'codemod' ? damage : null;
        proxied.runtime.damage = owner === 'runtime' ? damage : null;
        const slow = { ...traffic, exchanges: traffic.exchanges.slice(0, DELAYED_EXCHANGES) };
        cells.push(await attempt(fault ? traffic : slow, main.sides, proxied, owner, fault === null));
      }
      rows.push({ kind: id, owner, cells });
      done({ rows, sides });
      process.stdout.write(`${id.padEnd(26)} ${owner.padEnd(12)} ${cells.join(' | ')}\n`);
    }
  } finally {
    for (const side of Object.values(proxied)) side.close();
    await main.close();
    await corners.close();
  }
  return { rows, sides };
}

/** Requests that change nothing, each a session of its own, over and over until there are enough. */
function readOnly({ exchanges, ...rest }: Traffic): Traffic {
  const safe = exchanges.filter(
    ({ request, response }) =>
      request.method === 'GET' &&
      response !== null &&
      response.status < 500 &&
      !request.headers.some(([name]) => /^(upgrade|expect|if-|range)/i.test(name)) &&
      !/events/.test(request.path),
  );
  const list = Array.from({ length: EXCHANGES }, (_, i) => {
    const one = safe[i % safe.length];
    if (!one) throw new Error('The recording holds no request that changes nothing.');
    const headers: [string, string][] = [...one.request.headers, [MARK, String(i + 1)]];
    return {
      ...one,
      index: i + 1,
      session: `s${i + 1}`,
      response: null,
      request: { ...one.request, headers },
    };
  });
  return { ...rest, exchanges: list };
}

/** Damages the same exchanges whenever they are sent, of those that have something of the kind to damage. */
function damageOf(id: string, fault: Fault | null, rate: number): Damage {
  return (exchange, seen) => {
    const dice = createHash('sha256').update(`${id} ${exchange}`).digest().readUInt32BE(0) / 2 ** 32;
    if (dice >= rate) return null;
    return fault ? fault.plant(seen, { path: '/', varies: () => false, taken: () => null }) : DELAY_MS;
  };
}

async function attempt(
  traffic: Traffic,
  sides: Pick<Parameters<typeof runShadow>[0], 'old' | 'again'>,
  proxied: Record<'both' | 'code' | 'runtime', DamagedSide>,
  expected: OwnerKind,
  isSlow: boolean,
): Promise<string> {
  const compare = (next: DamagedSide, exchanges = traffic.exchanges): Promise<RunReport> =>
    runShadow(
      { old: sides.old, again: sides.again, new: next },
      { ...traffic, exchanges: [...exchanges] },
      isSlow ? slowOptions : options,
    );
  const report = await attribute(await compare(proxied.both), {
    ...{ exchanges: traffic.exchanges, sameCode: false, routes: [], changes: { sets: 0, files: [] } },
    run: ({ code, runtime }, exchanges) =>
      compare(code === runtime ? proxied.both : code === 'new' ? proxied.code : proxied.runtime, [
        ...exchanges,
      ]),
  });
  const gates = Gates.parse(
    isSlow
      ? { latency: { quantile: 'p99', ratio: 1.5, floorMs: DELAY_MS / 3 } }
      : { routeDefectBound: BOUND },
  );
  const { outcome, checks } = applyGates(report, gates);
  if (report.verdict === 'FAIL') {
    const owners = report.cells.flatMap(({ explained, owner }) => (explained ? [] : (owner?.kind ?? 'none')));
    const wrong = owners.filter((kind) => kind !== expected);
    return wrong.length === 0
      ? `found ${report.counts.differing || 'route'}`
      : `found, owner wrong: ${[...new Set(wrong)].join()}`;
  }
  if (outcome !== 'INCONCLUSIVE' || report.verdict !== 'PASS')
    return `missed (${report.verdict}: ${report.reasons[0]})`;
  const needed = Math.max(...checks.map((check) => check.needed ?? 0));
  return `n ≥ ${needed}`;
}

/** The same application on the same runtime, with everything a client does: logins, writes, reads of generated ids. */
async function longRun({ exchanges, ...rest }: Traffic): Promise<RunReport> {
  const rounds = Math.ceil(LONG_RUN / exchanges.length);
  const all = Array.from({ length: rounds }, (_, round) =>
    exchanges.map((one, i) => ({
      ...one,
      index: round * exchanges.length + i + 1,
      session: `${one.session} ${round}`,
    })),
  ).flat();
  const spec = `node@22:${app.original}`;
  const launched = await launchSides(
    { old: { spec }, new: { spec } },
    { cwd: app.scratch, logs: join(app.scratch, 'logs-long'), readyTimeoutMs: 60_000 },
  );
  try {
    return await runShadow(
      launched.sides,
      { ...rest, exchanges: all },
      { ...options, writes: 'isolated', timeoutMs: 10_000 },
    );
  } finally {
    await launched.close();
  }
}

function page({ rows, sides }: Table, long: RunReport, recordedOnce: number): string[] {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const { counts, calibration, detection } = long;
  return [
    '## Seeded faults: what a run finds',
    '',
    `Made by \`npm run shadow:faults\`: migrate ${version}, ${machine()}, ${seconds()} s. \`-- --only KIND\` prints single rows.`,
    '',
    `The application is \`fixtures/express-notes\`; old is the original, new the one \`express-to-hono\` made; ${sides}. Each run replays`,
    `${EXCHANGES} requests that change nothing. A proxy on loopback plants one kind of fault into a share of the answers: in front of`,
    'everything that runs the new code (owner: codemod), of everything on the new runtime (owner: runtime), or only of the new',
    'code on the new runtime (owner: interaction). The rate is the share of requests the fault is rolled for; it shows where the',
    'answer has something of the kind to damage.',
    '',
    '`found N`: FAIL with N exchanges differing, every one of them with the right owner. `n ≥ N`: nothing was hit or nothing could be told,',
    `and the gate (every route below ${BOUND * 100}% defects) says INCONCLUSIVE and that N samples of a route would decide.`,
    '',
    `\`delayed\` answers ${DELAY_MS} ms late, in ${DELAYED_EXCHANGES} requests. \`found route\`: the comparison itself saw a route whose median is three times the old one's and`,
    '100 ms above it, and the corners told the owner. Rarer delays move no median: the gate (p99 at most 1.5 times) says how many',
    'samples would decide; `--latency` takes them ([how it measures](shadow-latency.md)).',
    '',
    `| fault | planted owner | ${RATES.map((rate) => `${rate * 100}%`).join(' | ')} |`,
    `| --- | --- | ${RATES.map(() => '---').join(' | ')} |`,
    ...rows.map(({ kind, owner, cells }) => `| ${kind} | ${owner} | ${cells.join(' | ')} |`),
    '',
    '### The same on both sides',
    '',
    `Node ${long.sides.old.version} against Node ${long.sides.new.version}, the same application, the whole recording ${Math.round(long.counts.recorded / recordedOnce)} times over with logins, writes and reads of generated ids:`,
    `**${long.verdict}**, ${counts.differing} of ${counts.compared.toLocaleString('en-US')} exchanges with an unexplained difference, ${counts.explained.toLocaleString('en-US')} explained by named rules; ${calibration.differing} differences of old against old;`,
    `${detection.seen} of ${detection.planted} planted faults seen; ${(counts.compared / (long.durationMs / 1000)).toFixed(0)} exchanges a second on three sides.`,
    ...long.reasons.map((reason) => `- ${reason}`),
  ];
}
