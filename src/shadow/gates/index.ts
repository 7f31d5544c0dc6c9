import type { GateCheck, GateReport, Gates } from '../../model/gates.ts';
import type { RunReport, Verdict } from '../../model/verdict.ts';
import { sameRoute } from '../limits.ts';
import { samplesForBound } from '../statistics.ts';
import { checkLatency } from './latency.ts';
import { checkMemory } from './memory.ts';

/** Worst first: an invalid run finds nothing, a failed gate is certain, an open one is not. */
const ORDER: readonly Verdict[] = ['INVALID', 'FAIL', 'INCONCLUSIVE', 'PASS'];
const percent = (share: number) => `${Number((share * 100).toPrecision(2))}%`;

/** Asks every gate about a finished run. The outcome is the worst of the run's verdict and all checks. */
export function applyGates(report: RunReport, gates: Gates): GateReport {
  const checks: GateCheck[] = [
    { gate: 'verdict', subject: 'all', outcome: report.verdict, why: report.reasons.join(' ') },
    ...defects(report, gates),
    ...latency(report, gates),
    ...checkMemory(report, gates.memory),
    ...coverage(report, gates),
    ...required(report, gates),
  ];
  if (gates.minDetection !== undefined) {
    const { seen, planted, score } = report.detection;
    checks.push({
      ...{
        gate: 'detection',
        subject: 'all',
        outcome: score >= gates.minDetection ? 'PASS' : 'INCONCLUSIVE',
      },
      why: `${seen} of ${planted} planted faults were seen, ${percent(gates.minDetection)} are asked for.`,
    });
  }
  const outcome = ORDER.find((one) => checks.some((check) => check.outcome === one)) ?? 'INCONCLUSIVE';
  return { schema: 'migrate/shadow-gate', version: 1, run: report.id, outcome, checks };
}

const overridden = (gates: Gates, route: string) =>
  Object.entries(gates.routes).find(([name]) => sameRoute(name, route))?.[1] ?? {};

function bound(subject: string, n: number, value: number | null, limit: number): GateCheck {
  const base = { gate: 'defect-bound', subject } as const;
  const needed = samplesForBound(limit);
  if (value === null)
    return {
      ...base,
      outcome: 'FAIL',
      why: `Answers differ, so defects are not bounded below ${percent(limit)}.`,
    };
  if (value <= limit)
    return {
      ...base,
      outcome: 'PASS',
      why: `0 of ${n} differ: fewer than ${percent(value)}, at most ${percent(limit)} is asked for.`,
    };
  return {
    ...{ ...base, outcome: 'INCONCLUSIVE', needed },
    why: `0 of ${n} differ, which bounds defects below ${percent(value)}: ${needed.toLocaleString('en-US')} exchanges would bound them below ${percent(limit)}.`,
  };
}

function defects(report: RunReport, gates: Gates): GateCheck[] {
  const { compared, excluded } = report.counts;
  const out: GateCheck[] = [];
  if (gates.defectBound !== undefined)
    out.push(
      bound('all', compared - excluded, compared === excluded ? 1 : report.defectBound, gates.defectBound),
    );
  for (const row of compareable(report)) {
    const limit = overridden(gates, row.route).defectBound ?? gates.routeDefectBound;
    if (limit !== undefined) out.push(bound(row.route, row.compared, row.defectBound, limit));
  }
  return out;
}

/** Routes that were compared and belong to the verdict. */
const compareable = ({ routes }: RunReport) =>
  routes.filter(({ status }) => status === 'same' || status === 'different');

function latency(report: RunReport, gates: Gates): GateCheck[] {
  const load = report.latency;
  if (load?.outcome === 'INVALID' && gates.latency)
    return [{ gate: 'latency', subject: 'all', outcome: 'INVALID', why: load.reasons.join(' ') }];
  // Where a load was put on the sides, it tells more than the comparison's one request at a time.
  const timed = load?.timing ?? report.timing;
  const whole = timed.find(({ route }) => route === 'all');
  const all = whole && gates.latency ? [checkLatency('all', whole, gates.latency)] : [];
  return [
    ...all,
    ...compareable(report).flatMap(({ route }) => {
      const own = overridden(gates, route).latency;
      const gate = own === undefined ? gates.latency : own;
      const timing =
        timed.find((one) => one.route === route) ?? report.timing.find((one) => one.route === route);
      return gate ? [checkLatency(route, timing, gate)] : [];
    }),
  ];
}

function coverage(report: RunReport, { coverage: least }: Gates): GateCheck[] {
  if (least === undefined) return [];
  const known = report.routes.some(({ declared }) => declared);
  const eligible = report.routes.filter(
    ({ status, declared }) => status !== 'cannot-run' && (declared || !known),
  );
  const open = eligible.filter(({ status }) => status !== 'same' && status !== 'different');
  const share = eligible.length === 0 ? 0 : (eligible.length - open.length) / eligible.length;
  const missing = open.slice(0, 5).map(({ route }) => route);
  return [
    {
      ...{ gate: 'coverage', subject: 'all', outcome: share >= least ? 'PASS' : 'INCONCLUSIVE' },
      why:
        `${eligible.length - open.length} of ${eligible.length} routes were compared (${percent(share)}), ${percent(least)} are asked for` +
        (share >= least
          ? '.'
          : `; not compared: ${missing.join(', ')}${open.length > 5 ? ` and ${open.length - 5} more` : ''}.`),
    },
  ];
}

function required(report: RunReport, { routes }: Gates): GateCheck[] {
  return Object.entries(routes).flatMap(([name, gate]): GateCheck[] => {
    const row = report.routes.find(({ route }) => sameRoute(route, name));
    if (!row)
      return [
        {
          gate: 'required',
          subject: name,
          outcome: 'INCONCLUSIVE',
          why: `The gates name ${name}, which this run does not know.`,
        },
      ];
    if (!gate.required) return [];
    const there = row.status === 'same' || row.status === 'different';
    return [
      {
        ...{ gate: 'required', subject: name, outcome: there ? 'PASS' : 'INCONCLUSIVE' },
        why: there
          ? `${row.compared} exchanges of it were compared.`
          : `It was not compared: ${row.reason ?? row.status}.`,
      },
    ];
  });
}
