import type { RunReport } from '../model/verdict.ts';
import { plural, upgrade, upgradeLine } from './format.ts';

/** Why a request that may change data was not sent. */
const UNSAFE = /--writes isolated/;

/** What to do after a shadow run: one thing that can be done. @param files the written reports, as shown */
export function nextStep(report: RunReport, files: readonly string[]): string {
  const { verdict, latency, reasons, interrupted } = report;
  if (interrupted) return 'go on with it: migrate shadow run --resume';
  if (verdict === 'PASS') return afterPass(report);
  const page = files.find((file) => file.endsWith('.html')) ?? files[0] ?? 'the report';
  const newer = upgrade(report);
  if (verdict === 'FAIL')
    return newer ? upgradeLine(newer) : `open ${page}, or accept a finding in .migrate/waivers.yaml`;
  // What was compared would pass: only the load is open.
  if (latency && reasons.every((reason) => reason.startsWith('Latency: ')))
    return latency.outcome === 'INVALID'
      ? 'measure again: --rate, --duration, or a machine that does nothing else'
      : 'measure longer, as the reason above says';
  return afterOpen(report) ?? `open ${page}: it says what was compared, what was not, and why`;
}

function afterPass({ latency, counts, routes }: RunReport): string {
  const open = routes.filter(({ declared, status }) => declared && status === 'uncovered').length;
  if (open > 0)
    return `record traffic that reaches the ${plural(open, 'uncovered route')}: migrate record --help`;
  if (!latency) return 'compare under load: the same command with --latency --rate <requests a second>';
  return counts.differing === 0
    ? 'hold the run to your own limits: migrate shadow gate --help'
    : 'see the accepted findings in the report';
}

/** What would settle an INVALID or INCONCLUSIVE run; null where nothing but the report tells. */
function afterOpen({
  state,
  shards,
  sides,
  calibration,
  routes,
  notCompared,
  traffic,
  counts,
}: RunReport): string | null {
  if (state?.differs)
    return 'begin with the same state on all sides: --state <folder>, or a --state-command that makes the same each time';
  if (shards) return 'run the missing shards, then: migrate shadow merge --help';
  if (sides.old.crash) return 'see why the old side ended: its log is in the folder of the run, under logs';
  if (!calibration.clean) return 'make the old side repeatable, or accept its noise in .migrate/waivers.yaml';
  if (routes.some(({ declared, status, unanswered }) => declared && status === 'uncovered' && unanswered))
    return traffic.source === 'routes'
      ? 'say what these routes need: params and bodies in .migrate/requests.yaml, a login in .migrate/login.yaml'
      : 'record requests that the routes answer: ids that exist, and a login (.migrate/login.yaml)';
  if (notCompared.some(({ reason }) => UNSAFE.test(reason)))
    return 'send requests that change data, too, each side having state of its own: --writes isolated';
  return counts.uncovered > 0
    ? 'record traffic that reaches the uncovered routes: migrate record --help'
    : null;
}
