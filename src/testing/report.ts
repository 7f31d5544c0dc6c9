import type { LatencySection, LoadedSide } from '../model/latency.ts';
import type { RunReport, SideReport } from '../model/verdict.ts';

const side = (given: string, runtime: string, version: string): SideReport => ({
  given,
  runtime,
  version,
  platform: 'linux-x64',
  dir: '.',
  entry: 'src/server.js',
  gitSha: '0123abcd',
  isolated: true,
  startMs: 142,
  rssBytes: 66e6,
  latency: { p50: 4.1, p95: 9.8, p99: 21, samples: 40 },
  crash: null,
});

const loaded = (text: string, ms: number): LoadedSide => ({
  ...{ sent: 1000, failed: 0, dropped: 0 },
  service: { p50: ms, p95: 2 * ms, p99: 3 * ms },
  lag: { p50: 0.02, p99: 0.4, max: 1 },
  backlog: { low: -2, at: 0, high: 2 },
  curve: [0.25, 0.5, 0.75, 1].map((share) => ({ ms: ms * (1 + share), share })),
  coldStart: { measured: { median: { low: 130, at: 142, high: 160 }, starts: [130, 142, 160] } },
  memory: {
    measured: {
      points: [0, 10, 20, 30].map((at) => ({ at, bytes: 60e6 + at * 1e5 * ms, requests: at * 30 })),
      ...{ end: 63e6, slope: { low: 0, at: 1e5, high: 2e5 }, perThousand: { low: 0, at: 1e6, high: 2e6 } },
    },
  },
  cpu: { measured: { low: 0.8, at: 0.9, high: 1 } },
  loop: { notMeasured: text },
});

/** A latency section that passes; `text` is put wherever a user's text may stand. */
export const sampleLatency = (text: string): LatencySection => {
  const at = (value: number) => ({ low: value * 0.9, at: value, high: value * 1.1 });
  const row = { route: `GET /${text}`, traffic: 1, share: 0.4 };
  const share = { ...row, old: { service: 2.5, cpu: 1 }, new: { service: 2, cpu: 0.5 } };
  const against = { ratio: { low: 0.85, at: 0.9, high: 0.95 }, extra: { low: -1.5, at: -1, high: -0.5 } };
  const same = { ratio: { low: 0.98, at: 1, high: 1.02 }, extra: { low: -0.2, at: 0, high: 0.2 } };
  const times = { old: at(10), again: at(10), new: at(9), needed: 73 };
  return {
    ...{ schema: 'migrate/shadow-latency', version: 1, outcome: 'PASS', reasons: [text], requests: 40 },
    plan: { rate: 50, seconds: 20, arrivals: 'poisson', blocks: 20, warmUp: 3, seed: 1, cores: 2 },
    margin: { quantile: 'p95', ratio: 1.1, floorMs: 5 },
    leftOut: [{ reason: text, requests: 1 }],
    sides: { old: loaded(text, 5), again: loaded(text, 5.1), new: loaded(text, 4) },
    timing: [
      {
        ...{ route: 'all', samples: 1000 },
        quantiles: [{ quantile: 'p95', ...times, against: { new: against, again: same } }],
      },
      { route: `GET /${text}`, samples: 500, quantiles: [{ quantile: 'p95', ...times }] },
    ],
    share: { measured: { all: share, routes: [share] } },
  };
};

/** A report with one difference, one explained cell and one uncovered route; `text` is put wherever a user's text may stand. */
export const sampleReport = (text: string): RunReport => ({
  schema: 'migrate/shadow-run',
  version: 1,
  id: 'run-1',
  startedAt: '2026-11-23T10:00:00.000Z',
  durationMs: 4200,
  verdict: 'FAIL',
  reasons: [`1 signature: ${text}`],
  interrupted: false,
  sides: { old: side(`node@22:${text}`, 'node', '22.23.3'), new: side('bun:.', 'bun', '1.4.5') },
  traffic: { source: 'har', file: text, exchanges: 42, sessions: 1 },
  writes: 'isolated',
  counts: {
    recorded: 42,
    replayed: 41,
    compared: 41,
    excluded: 0,
    notCompared: 1,
    differing: 2,
    explained: 5,
    identical: 34,
    routes: 3,
    uncovered: 1,
  },
  defectBound: null,
  calibration: { compared: 41, differing: 0, clean: true, cells: [] },
  detection: {
    planted: 2,
    seen: 2,
    score: 1,
    required: 0.95,
    faults: [{ fault: text, planted: 2, seen: 2 }],
  },
  rules: [{ id: 'date-header', reason: text, allows: text, exchanges: 5 }],
  waivers: [],
  signatures: [
    {
      id: 's1',
      title: `GET /notes/:id ${text}`,
      severity: 'breaking',
      exchanges: 2,
      share: 0.0487,
      routes: [{ route: 'GET /notes/:id', exchanges: 2 }],
      cells: [0],
    },
  ],
  cells: [
    {
      route: 'GET /notes/:id',
      kind: 'header-value',
      location: 'header:etag',
      severity: 'breaking',
      exchanges: 2,
      owner: {
        kind: 'codemod',
        why: text,
        edits: [
          {
            codemod: text,
            rule: text,
            location: { file: text, line: 3, column: 1 },
            now: { file: text, line: 4, column: 1 },
            before: text,
            after: text,
          },
        ],
      },
      noise: { b: 2, c: 0, both: 0, n: 40, p: 0.25, q: 0.25, result: 'worse', extra: 0.05, needed: 400 },
      exemplars: [{ exchange: 7, request: `GET /notes/${text}`, old: text, new: null }],
    },
    {
      route: 'GET /notes',
      kind: 'header-value',
      location: 'header:date',
      severity: 'cosmetic',
      exchanges: 5,
      explained: { by: 'rule', id: 'date-header' },
      exemplars: [],
    },
  ],
  routes: [
    {
      route: `GET /${text}`,
      status: 'uncovered',
      recorded: 0,
      compared: 0,
      different: 0,
      explained: 0,
      statuses: {},
      reason: text,
      defectBound: null,
    },
    {
      route: 'GET /notes/:id',
      status: 'different',
      recorded: 40,
      compared: 40,
      different: 2,
      explained: 5,
      statuses: { '200': 38, '404': 2 },
      defectBound: null,
    },
  ],
  timing: [],
  latency: sampleLatency(text),
  attribution: {
    exchanges: 42,
    corners: [{ code: 'old', runtime: 'new', title: text, failed: text }],
    changeSets: 1,
  },
  effects: {
    counts: [
      { what: 'files', old: 2, new: 1 },
      { what: 'objects', old: null, new: 1 },
      { what: 'outgoing calls', old: 3, new: 2 },
    ],
    ...{ notObserved: [text], mapped: [text], same: 4, explained: 0, different: 1 },
    rows: [
      { place: `outgoing:POST ${text}`, state: 'different', old: text, new: null, exchange: 7 },
      { place: `file:${text}`, state: 'same', old: text, new: text, exchange: null },
    ],
  },
  probes: {
    classes: ['malformed', 'abort'],
    rows: [
      { class: 'abort', name: `GET /${text}`, what: text, state: 'different', old: text, new: text },
      { class: 'malformed', name: 'chunk-size', what: text, state: 'same', old: text, new: text },
    ],
    ...{ notObserved: [text], different: 1 },
  },
  state: { source: text, files: 3, old: 'a1', again: 'a1', new: 'b2', differs: text },
  notCompared: [{ exchange: 42, request: text, route: 'DELETE /notes/:id', reason: text }],
  warnings: [text],
});
