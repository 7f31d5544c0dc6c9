import type { Noise } from '../../model/comparison.ts';
import type { LatencySection } from '../../model/latency.ts';
import type { Calibration, Detection, RouteCoverage, SideReport, Verdict } from '../../model/verdict.ts';

/** What a verdict is made from. */
export interface Evidence {
  interrupted: boolean;
  compared: number;
  excluded: number;
  recorded: number;
  differing: number;
  signatures: number;
  slowRoutes: number;
  sides: { old: SideReport; new: SideReport };
  /** The old side's second instance ended early: what it said last. */
  againCrash: string | null;
  calibration: Calibration;
  detection: Detection;
  routes: readonly RouteCoverage[];
  /** Part of the routes, 0..1, that must be compared for a PASS. */
  minCoverage: number;
  /** Exchanges in which the old side did not answer with the recorded status. */
  strays: number;
  /** Shards of a split run that are not in it, as `2/4`. */
  missingShards: readonly string[];
  /** Effects and probes that differ unexplained, and in how many signatures. */
  effects: number;
  probes: number;
  asideSignatures: number;
  /** The first file in which the states differ that the sides began with; null when none does. */
  stateDiffers: string | null;
  /** Places where the old side differs from itself, with the test of each. */
  noise: readonly { place: string; test: Noise }[];
  /** Differences that waivers accepted, of how many edits those are that have an owner, and how many have none. */
  waived: { differences: number; owners: number; unowned: number };
  /** What of the new side costs more beyond noise: `slower (…)`, `larger (…)`. */
  costs: readonly string[];
  /** What the latency phase says, where there was one. */
  latency: Pick<LatencySection, 'outcome' | 'reasons'> | undefined;
}

/** Beyond this part of the exchanges the replay is no longer the story that was recorded (a failed login, other data). */
const MAX_STRAYS = 0.2;

/** Begins what a PASS says of a new side that costs more. */
export const COSTS = ', but the new side is ';

const percent = (share: number) => `${Number((share * 100).toPrecision(2))}%`;
const count = (n: number, one: string, many = `${one}s`) => `${n} ${n === 1 ? one : many}`;

/**
 * The verdict with its reasons. INVALID comes before everything: a run that proves nothing finds nothing. Then FAIL,
 * then INCONCLUSIVE for too little evidence, then PASS.
 */
export function judge(evidence: Evidence): { verdict: Verdict; reasons: string[] } {
  const invalid = invalidReasons(evidence);
  if (invalid.length > 0) return { verdict: 'INVALID', reasons: [...invalid, ...failReasons(evidence)] };
  const fail = failReasons(evidence);
  if (fail.length > 0) return { verdict: 'FAIL', reasons: fail };
  const open = openReasons(evidence);
  if (open.length > 0) return { verdict: 'INCONCLUSIVE', reasons: open };
  const counted = evidence.compared - evidence.excluded;
  const costs = evidence.costs.length > 0 ? `${COSTS}${evidence.costs.join(' and ')}` : '';
  const reasons = [`0 unexplained differences in ${count(counted, 'exchange')}${costs}.`];
  const tested = evidence.noise.filter(({ test }) => test.result === 'no-worse');
  if (tested.length > 0)
    reasons.push(
      `${count(tested.length, 'place')} in which the old side does not repeat itself ${tested.length === 1 ? 'was' : 'were'} tested: the new side differs no more often.`,
    );
  if (evidence.excluded > 0)
    reasons.push(
      `${count(evidence.excluded, 'exchange')} on routes that cannot run on the target are left out of this.`,
    );
  if (evidence.waived.differences > 0) reasons.push(waivedReason(evidence.waived));
  reasons.push(...underLoad(evidence, 'PASS'));
  return { verdict: 'PASS', reasons };
}

function waivedReason({ differences, owners, unowned }: Evidence['waived']): string {
  const owned = differences - unowned;
  const parts = [
    ...(owned > 0 ? [`${owned} owned by ${count(owners, 'edit')} that announced them`] : []),
    ...(unowned > 0 ? [`${unowned} that the team accepted`] : []),
  ];
  return `${count(differences, 'difference is', 'differences are')} waived: ${parts.join(', ')}.`;
}

/** The reasons of the latency phase, where its outcome is this one. */
const underLoad = ({ latency }: Evidence, outcome: Verdict): string[] =>
  latency?.outcome === outcome ? latency.reasons.map((reason) => `Latency: ${reason}`) : [];

function invalidReasons(evidence: Evidence): string[] {
  const { interrupted, compared, excluded, recorded, sides, againCrash, calibration, noise, stateDiffers } =
    evidence;
  const out: string[] = [];
  if (stateDiffers !== null)
    out.push(
      `The sides did not begin with the same state: ${stateDiffers} differs, so what they answer cannot be compared.`,
    );
  if (interrupted) out.push(`The run was interrupted after ${compared} of ${count(recorded, 'exchange')}.`);
  else if (compared - excluded === 0)
    out.push(`Not one of ${count(recorded, 'exchange')} was compared: silence is not success.`);
  if (sides.old.crash) out.push(`The old side ended during the run: ${sides.old.crash}`);
  if (againCrash) out.push(`The old side's second instance ended during the run: ${againCrash}`);
  if (noise.some(({ test }) => test.result === 'never-repeats')) {
    out.push(
      `The old side differs from itself in ${count(calibration.differing, 'exchange')}: until that noise is explained, ` +
        'a difference of the new side means nothing. Accept it in .migrate/waivers.yaml, or make the answers repeatable.',
    );
  }
  out.push(...underLoad(evidence, 'INVALID'));
  return out;
}

function failReasons(evidence: Evidence): string[] {
  const { differing, signatures, slowRoutes, effects, probes, asideSignatures, sides } = evidence;
  const out: string[] = [];
  for (const { route, exchange, said, startedAgain } of sides.new.endings ?? [])
    if (startedAgain)
      out.push(
        `The new side ended at ${route} (exchange ${exchange}) and was started again, everything before it sent anew: ${said}`,
      );
  if (sides.new.crash) out.push(`The new side ended during the run: ${sides.new.crash}`);
  if (differing > 0)
    out.push(
      `${count(differing, 'exchange differs', 'exchanges differ')} unexplained, in ${count(signatures - slowRoutes - asideSignatures, 'signature')}.`,
    );
  if (effects > 0)
    out.push(
      `${count(effects, 'effect differs', 'effects differ')}: what the new side did is not what the old side did.`,
    );
  if (probes > 0) out.push(`${count(probes, 'probe is', 'probes are')} answered in another way.`);
  if (slowRoutes > 0) out.push(`${count(slowRoutes, 'route is', 'routes are')} slower beyond doubt.`);
  out.push(...underLoad(evidence, 'FAIL'));
  return out;
}

const statusesOf = (routes: readonly RouteCoverage[]): string =>
  [...new Set(routes.flatMap(({ statuses }) => Object.keys(statuses)))].sort().join(', ');

function openReasons(evidence: Evidence): string[] {
  const { detection, routes, minCoverage, calibration, strays, compared, missingShards } = evidence;
  const out: string[] = [];
  if (missingShards.length > 0)
    out.push(
      `This is a part of a split run: ${missingShards.join(', ')} ${missingShards.length === 1 ? 'is' : 'are'} missing. Merge all shards (migrate shadow merge).`,
    );
  for (const { place, test } of evidence.noise) {
    if (test.result !== 'undecided') continue;
    out.push(
      `${place} is noise of the old side (${test.c + test.both} of ${count(test.n, 'exchange')}), and the new side may hide in it: ` +
        `${test.needed.toLocaleString('en-US')} exchanges of the route would show ${percent(test.extra)} more.`,
    );
  }
  if (calibration.compared === 0) out.push('The old side was never compared with itself.');
  if (detection.planted === 0)
    out.push('No fault could be planted, so nothing shows that the comparison can see.');
  else if (detection.score < detection.required) {
    out.push(
      `Only ${detection.seen} of ${count(detection.planted, 'planted fault')} were seen: the comparison is too blind to pass anything.`,
    );
  }
  if (strays / compared > MAX_STRAYS) {
    out.push(
      `The old side answered ${strays} of ${count(compared, 'exchange')} with another status than recorded: ` +
        'what was recorded is not what was replayed. Start both sides with the state the recording began with.',
    );
  }
  // Paths that no route declares (static files, 404s) cover nothing, unless no route is known at all.
  const known = routes.some(({ declared }) => declared);
  const ran = routes.filter((route) => route.status !== 'cannot-run' && route.compared > 0);
  const nowhere = ran.filter((route) => route.unanswered === route.compared);
  if (ran.length > 0 && nowhere.length === ran.length)
    out.push(
      `Every answer was one that addresses of no route get, too (${statusesOf(nowhere)}): nothing of the application itself was compared.`,
    );
  const eligible = routes.filter(
    (route) => route.status !== 'cannot-run' && (route.declared || (!known && !nowhere.includes(route))),
  );
  const covered = eligible.filter(({ status }) => status === 'same' || status === 'different');
  if (eligible.length > 0 && covered.length / eligible.length < minCoverage) {
    out.push(
      `Only ${covered.length} of ${count(eligible.length, 'route')} were compared; ${Math.round(minCoverage * 100)}% are needed (--min-coverage).`,
    );
  }
  out.push(...underLoad(evidence, 'INCONCLUSIVE'));
  return out;
}
