import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MigrateError } from '../model/errors.ts';
import type { Plan } from '../model/plan.ts';
import type { RepositoryStatus } from '../model/status.ts';
import { RunReport } from '../model/verdict.ts';
import { readTries } from '../workspace/evidence/tries.ts';
import { needsRecovery } from '../workspace/journal.ts';
import { readState } from '../workspace/state.ts';
import { progressOf } from './progress.ts';
import { readPlan } from './store.ts';

/** Where a repository stands: its plan, what was done, what evidence there is. Reads `.migrate/` only. */
export function repositoryStatus(root: string): RepositoryStatus {
  let plan: Plan | null = null;
  let broken: string | null = null;
  try {
    plan = readPlan(root);
  } catch (error) {
    if (!(error instanceof MigrateError)) throw error;
    broken = error.message;
  }
  const done = readState(root);
  return {
    schema: 'migrate/status',
    version: 1,
    plan: plan && {
      drawnAt: plan.drawnAt,
      target: plan.target.spec,
      verdict: plan.verdict.sentence,
      stages: plan.stages.map(({ id, title, status }) => ({ id, title, status })),
      ...progressOf(plan, done),
    },
    brokenPlan: broken,
    done: done.map(({ at, event, detail }) => ({ at, event, detail })),
    interrupted: needsRecovery(root),
    tries: readTries(root).map(({ id, madeAt, ways }) => ({
      ...{ id, madeAt, rows: ways.length },
      starting: ways.filter(({ failed }) => failed === null).length,
      same: ways.filter(({ answers }) => answers !== null && answers.same === answers.of).length,
    })),
    runs: shadowRuns(root),
  };
}

/** What a run's report must hold to be named here; the rest of it is the report's own affair. */
const RunHead = RunReport.pick({ verdict: true, sides: true });

function shadowRuns(root: string): RepositoryStatus['runs'] {
  const folder = join(root, '.migrate', 'runs');
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((id) => {
      const report = runHead(join(folder, id, 'report.json'));
      if (!report) return { id, verdict: null, sides: null };
      const [before, after] = [report.sides.old, report.sides.new].map(
        (side) => `${side.runtime} ${side.version}`,
      );
      return { id, verdict: report.verdict, sides: `${before} → ${after}` };
    });
}

function runHead(file: string) {
  try {
    return RunHead.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data ?? null;
  } catch {
    return null;
  }
}
