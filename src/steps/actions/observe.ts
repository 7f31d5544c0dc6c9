import { z } from 'zod';
import { Monitoring } from '../../model/monitoring.ts';
import { actionKind } from '../contract.ts';

const schema = z.strictObject({
  do: z.literal('observe'),
  /** The runtime of the side that is right, and of the one that is judged. */
  old: z.string(),
  new: z.string(),
  /** Which code the old side runs. */
  code: z.enum(['now', 'before-stage']).default('now'),
  /** Asked where nothing arrives from today's side: then only a person can see it. */
  question: z.string(),
});

/** Spans, errors, logs and metrics arrive from the new side as from today's. */
export default actionKind({
  kind: 'observe',
  schema,
  changes: () => false,
  describe: ({ old, new: next }) => `observe: a collector here is told by ${next} what ${old} tells it`,
  async run(action, { root, migrate, ask, beforeStage, traffic, writes }) {
    const { old, new: next, code, question } = schema.parse(action);
    const before = code === 'now' ? root : await beforeStage();
    const asked = ['--traffic', traffic ?? 'routes', '--writes', writes];
    const ran = await migrate(['observe', '--old', `${old}:${before}`, '--new', `${next}:${root}`, ...asked]);
    const found = Monitoring.safeParse(ran.document).data;
    if (!found)
      return { outcome: 'failed', summary: ran.said.trim().split('\n').at(-1) ?? 'nothing was observed' };
    const { id, outcome, reasons } = found;
    const detail = { monitoring: id, outcome };
    if (outcome === 'PASS') return { outcome: 'passed', summary: reasons.join(' '), detail };
    if (outcome === 'FAIL') return { outcome: 'failed', summary: reasons.slice(0, 3).join(' '), detail };
    const answer = (await ask(`${reasons.join(' ')} ${question}`)).trim();
    if (/^(n|no|not yet|)$/i.test(answer))
      return { outcome: 'failed', summary: `not done yet: ${question}`, detail: { ...detail, answer } };
    return { outcome: 'done', summary: `answered: ${answer}`, detail: { ...detail, question, answer } };
  },
});
