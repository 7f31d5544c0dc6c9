import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { RunReport } from '../../model/verdict.ts';
import { actionKind, type StepContext } from '../contract.ts';

const Code = z.enum(['now', 'before-step', 'before-stage']);
const schema = z.strictObject({
  do: z.literal('shadow'),
  /** The runtime of the side that is right, and of the one that is judged. */
  old: z.string(),
  new: z.string(),
  /** What stands in front of the new side: a runtime and a folder of the repository, `workers:edge`. */
  layer: z
    .string()
    .regex(/^[^:]+:[^:]+$/)
    .optional(),
  /** Which code the old side runs. */
  code: Code.default('now'),
  /** A file, or `routes`. Without one: `traffic.har`, the newest recording, else requests made from the routes. */
  traffic: z.string().optional(),
  minCoverage: z.number().min(0).max(100).optional(),
});

const CODE = {
  now: '',
  'before-step': ' (code before this step)',
  'before-stage': ' (code before this stage)',
};

/** Old and new side by side, and a verdict that must be PASS. */
export default actionKind({
  kind: 'shadow',
  schema,
  changes: () => false,
  describe: ({ old, new: next, layer, code = 'now' }) =>
    `shadow: ${next}${layer ? ` behind ${layer}` : ''} answers as ${old}${CODE[code]}`,
  async run(action, context) {
    const { old, new: next, layer, code, traffic, minCoverage } = schema.parse(action);
    const { root, migrate, writes } = context;
    const before = {
      now: async () => root,
      'before-step': context.beforeStep,
      'before-stage': context.beforeStage,
    }[code];
    const [frontSpec, frontFolder] = layer?.split(':') ?? [];
    const front = frontFolder === undefined ? [] : ['--layer', `${frontSpec}:${join(root, frontFolder)}`];
    const sides = ['--old', `${old}:${await before()}`, '--new', `${next}:${root}`, ...front];
    const asked = ['--traffic', context.traffic ?? traffic ?? recorded(context), '--writes', writes];
    const load = context.latency ? ['--latency'] : [];
    const coverage = minCoverage === undefined ? [] : ['--min-coverage', String(minCoverage)];
    const ran = await migrate(['shadow', 'run', ...sides, ...asked, ...coverage, ...load]);
    const report = RunReport.pick({ id: true, verdict: true, reasons: true, counts: true }).safeParse(
      ran.document,
    );
    if (!report.success)
      return { outcome: 'failed', summary: ran.said.trim().split('\n').at(-1) ?? 'no report' };
    const { id, verdict, reasons, counts } = report.data;
    const told = `${verdict}: ${counts.compared} exchanges compared, ${counts.differing} differ`;
    return {
      outcome: ran.code === 0 ? 'passed' : 'failed',
      summary: ran.code === 0 ? told : [told, ...reasons.slice(0, 3)].join('; '),
      detail: { run: id, verdict },
    };
  },
});

/** The traffic that is there: what was recorded is more like real use than what is made up. */
function recorded({ home }: StepContext): string {
  const folder = join(home, '.migrate', 'recordings');
  const names = existsSync(folder) ? readdirSync(folder).sort() : [];
  const newest = names.findLast((name) => statSync(join(folder, name)).isDirectory());
  if (newest !== undefined) return join(folder, newest);
  const har = join(home, 'traffic.har');
  return existsSync(har) ? har : 'routes';
}
