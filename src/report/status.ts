import type { RepositoryStatus } from '../model/status.ts';
import { columns, safeLine } from './columns.ts';
import { plural } from './format.ts';
import type { Io } from './io.ts';

/** How many of the latest log lines and runs are shown. */
const LATEST = 3;

/** Prints where a repository stands: plan, work done, evidence. */
export function printStatus(io: Io, name: string, status: RepositoryStatus): void {
  const c = io.colors;
  const line = (text = '') => io.line(safeLine(text));
  const { plan } = status;
  line(c.bold(name));
  const rows: string[][] = [];
  if (status.brokenPlan) rows.push(['Plan', c.red(status.brokenPlan)]);
  else if (!plan) rows.push(['Plan', 'none drawn yet']);
  else {
    rows.push(['Plan', `${plan.verdict}  ${c.dim(`${plan.target}, drawn ${plan.drawnAt.slice(0, 10)}`)}`]);
    for (const stage of plan.stages.filter((item) => item.status !== 'not-applicable')) {
      const own = plan.steps.filter(({ stage: id }) => id === stage.id);
      const settled = own.filter(({ state }) => state !== 'open').length;
      const next = own.find(({ state }) => state === 'open');
      const steps = settled === 0 ? '' : `, ${settled} of ${plural(own.length, 'step')} done or skipped`;
      rows.push(['', `${stage.title}: ${stage.status}${steps}`]);
      if (settled > 0 && next) rows.push(['', c.dim(`  next: ${next.id}  ${next.title}`)]);
    }
  }
  if (status.interrupted) {
    rows.push([
      'Under way',
      c.yellow('a change was cut off; the next command puts the files back as they were'),
    ]);
  }
  const done = status.done.slice(-LATEST);
  if (done.length === 0) rows.push(['Done', 'nothing yet']);
  for (const [index, entry] of done.entries()) {
    rows.push([index === 0 ? 'Done' : '', `${entry.at.slice(0, 16).replace('T', ' ')}  ${describe(entry)}`]);
  }
  const tried = status.tries.at(-1);
  if (tried)
    rows.push([
      'Tried',
      `${tried.madeAt.slice(0, 10)}  ${tried.starting} of ${plural(tried.rows, 'row')} start, ${tried.same} answer the same${
        status.tries.length > 1
          ? c.dim(`  (${plural(status.tries.length - 1, 'earlier try', 'earlier tries')})`)
          : ''
      }`,
    ]);
  if (status.runs.length === 0) rows.push(['Evidence', 'no shadow run yet']);
  const earlier = status.runs.length - LATEST;
  for (const [index, run] of status.runs.slice(-LATEST).entries()) {
    const colour = run.verdict === 'PASS' ? c.green : run.verdict === 'FAIL' ? c.red : c.yellow;
    const more = index === 0 && earlier > 0 ? c.dim(`  (${plural(earlier, 'earlier run')})`) : '';
    rows.push([
      index === 0 ? 'Evidence' : '',
      `${colour(run.verdict ?? 'no report')}  ${run.id}  ${run.sides ?? ''}${more}`,
    ]);
  }
  for (const text of columns(rows)) line(text);
}

function describe({ event, detail }: RepositoryStatus['done'][number]): string {
  const words = event.replaceAll('-', ' ');
  const subject = [detail.codemod, detail.step, detail.journal, detail.try].find(
    (value) => typeof value === 'string',
  );
  const left = typeof detail.left === 'number' && detail.left > 0 ? `, ${detail.left} left for you` : '';
  return `${words}${subject ? `: ${subject}` : ''}${left}`;
}
