import semver from 'semver';
import type { EvidenceFile, PromotionCheck } from '../model/promotion.ts';
import type { TryRuntime } from '../model/try.ts';
import { RunReport, type SideReport } from '../model/verdict.ts';
import { applyGates } from '../shadow/index.ts';
import { type Kept, readEvidence } from '../workspace/evidence/files.ts';
import { SHADOW } from '../workspace/evidence/shadow-runs.ts';
import { fails, holds, open, type Subject } from './subject.ts';

/** Shadow runs of this stage: those that count, oldest first, and each file with why it does not. */
export interface ShadowEvidence {
  counting: readonly RunReport[];
  files: readonly EvidenceFile[];
}

/** Reads what shadow runs found, and holds each against the code and the runtimes of the stage. */
export function shadowEvidence(subject: Subject): ShadowEvidence {
  const kept = readEvidence(subject.repository.root, SHADOW, RunReport).toSorted((a, b) =>
    a.found.startedAt < b.found.startedAt ? -1 : 1,
  );
  const files = kept.map((one) => fileOf(one, leftOut(one.found, subject)));
  return { counting: kept.filter((_, i) => files[i]?.left === null).map(({ found }) => found), files };
}

const fileOf = ({ found, file, sha256 }: Kept<RunReport>, left: string | null): EvidenceFile => ({
  ...{ kind: 'shadow', file, sha256, madeAt: found.startedAt, left },
});

/** A side of a run as an identity. */
export const runtimeOf = ({ given, runtime, version, platform, ...side }: SideReport): TryRuntime => ({
  ...{ spec: given.split(':')[0] ?? runtime, name: runtime, version, platform },
  ...(side.compatibilityDate && { compatibilityDate: side.compatibilityDate }),
  ...(side.compatibilityFlags && { compatibilityFlags: side.compatibilityFlags }),
});

/** Why a run says nothing of this stage as it is; null where it does. */
function leftOut({ sides }: RunReport, { now, before, specs }: Subject): string | null {
  if (!isOf(sides.new, specs.new)) return `its new side ran on ${sides.new.runtime} ${sides.new.version}`;
  const { layer } = sides.new;
  if (layer === undefined && specs.layer !== null)
    return `${specs.layer} did not stand in front of its new side`;
  if (layer !== undefined && specs.layer === null) return `${layer.given} stood in front of its new side`;
  if (specs.old !== null && !isOf(sides.old, specs.old))
    return `its old side ran on ${sides.old.runtime} ${sides.old.version}`;
  if (sides.new.tree !== now.tree) return 'its new side is other code than is committed now';
  if (specs.code === 'now' && sides.old.tree === now.tree) return null;
  if (before.tree === null) return `the code before the stage (${before.commit.slice(0, 8)}) is not here`;
  return sides.old.tree === before.tree ? null : 'its old side is not the code before the stage';
}

/** Whether a side ran on what a spec names: `bun@1.4`, `workers`. */
function isOf({ runtime, version }: RunReport['sides']['new'], spec: string): boolean {
  const [name, range] = spec.split('@');
  return runtime === name && (name === 'workers' || range === undefined || semver.satisfies(version, range));
}

/** What the stage's shadow runs say about its gates. */
export function checkShadow(subject: Subject, { counting, files }: ShadowEvidence): PromotionCheck[] {
  const { shadow, gates } = subject;
  if (!shadow && gates.days === undefined) return [];
  const next = compareAgain(subject);
  const decides = deciding(counting);
  if (!decides) {
    const last = files.at(-1);
    const why = last ? `${files.length} kept, none counts: of the newest, ${last.left}.` : 'There is none.';
    return [open('shadow', `No shadow run of this code: ${why}`, next), ...daysOf(subject, counting)];
  }
  const failed = counting.filter((run) => !isSuperseded(run, counting) && run.id !== decides.id);
  const others = failed
    .filter(({ verdict }) => verdict === 'FAIL')
    .map(({ id, traffic }) => fails('verdict', `The run ${id} on ${traffic.file} is FAIL.`, next, id));
  const load = counting.findLast(({ latency }) => latency !== undefined)?.latency;
  const judged = shadow ? applyGates({ ...decides, ...(load && { latency: load }) }, shadow).checks : [];
  return [
    ...judged.map(({ gate, subject: about, outcome, why, needed }) => ({
      ...{ gate, subject: about, outcome },
      why: gate === 'verdict' ? `Run ${decides.id}: ${why}` : why,
      next: outcome === 'PASS' ? null : remedy(gate, needed, next),
    })),
    ...others,
    ...daysOf(subject, counting),
  ];
}

/** The run that compared the most; of several the newest. */
const deciding = (runs: readonly RunReport[]): RunReport | undefined =>
  runs.toSorted((a, b) => a.counts.compared - b.counts.compared).at(-1);

/** A later run on the same traffic stands for an earlier one. */
const isSuperseded = (run: RunReport, runs: readonly RunReport[]): boolean =>
  runs.some(({ startedAt, traffic }) => startedAt > run.startedAt && traffic.file === run.traffic.file);

function remedy(gate: string, needed: number | undefined, next: string): string {
  if (gate === 'latency' || gate === 'memory') return `${next} --latency`;
  if (gate === 'defect-bound' && needed)
    return `Record until ${needed.toLocaleString('en-US')} exchanges of it are there, then ${next}`;
  if (gate === 'coverage' || gate === 'required') return `Record requests of those routes, then ${next}`;
  return next;
}

/** How the comparison of the stage is made once more. */
function compareAgain({ steps, specs }: Subject): string {
  const found = steps.find(({ step }) => step.actions.some((action) => action.do === 'shadow'));
  return found
    ? `migrate apply ${found.step.id}${found.state === 'done' ? ' --again' : ''}`
    : `migrate shadow run --old ${specs.old ?? 'node'}:<code before> --new ${specs.new}:.`;
}

function daysOf({ gates }: Subject, runs: readonly RunReport[]): PromotionCheck[] {
  if (gates.days === undefined) return [];
  const passed = runs.filter(({ verdict }) => verdict === 'PASS');
  const days = [...new Set(passed.flatMap(({ traffic }) => traffic.days ?? []))].sort();
  const span = days.length > 1 ? ` (${days[0]} to ${days.at(-1)})` : days.map((day) => ` (${day})`).join('');
  const told = `Requests recorded on ${days.length} ${days.length === 1 ? 'day' : 'days'} were compared and passed${span}; ${gates.days} are asked for.`;
  return days.length >= gates.days
    ? [holds('days', told)]
    : [
        open(
          'days',
          told,
          'Record on more days (migrate record), and compare each recording: --traffic <recording>',
        ),
      ];
}
