import { z } from 'zod';
import { Try } from '../../model/try.ts';
import { actionKind } from '../contract.ts';

const schema = z.strictObject({ do: z.literal('try'), on: z.array(z.string()).min(1) });

/** Tries the application, unmodified, on runtimes: it must start and answer all the same. */
export default actionKind({
  kind: 'try',
  schema,
  changes: () => false,
  describe: ({ on }) => `try on ${on.join(', ')}: starts, and answers the same`,
  async run({ on }, { migrate, writes }) {
    const ran = await migrate(['try', '--no-convert', '--on', on.join(','), '--writes', writes]);
    const found = Try.safeParse(ran.document).data;
    if (!found)
      return { outcome: 'failed', summary: ran.said.trim().split('\n').at(-1) ?? 'nothing was tried' };
    const rows = found.ways.filter(({ spec }) => on.includes(spec));
    const wrong = rows.find(
      ({ failed, answers }) => failed !== null || answers === null || answers.same < answers.of,
    );
    const summary = wrong
      ? `${wrong.spec}: ${wrong.failed ?? `${wrong.answers?.same ?? 0} of ${wrong.answers?.of ?? 0} answers are the same`}`
      : `${rows.length} of ${on.length} start and answer the same`;
    const fails =
      wrong !== undefined || rows.length < on.length || rows.some(({ answers }) => answers?.of === 0);
    return { outcome: fails ? 'failed' : 'passed', summary, detail: { try: found.id } };
  },
});
