import { z } from 'zod';
import { actionKind } from '../contract.ts';

const schema = z.strictObject({
  do: z.literal('gate'),
  run: z.string().optional(),
  gates: z.string().optional(),
});

/** Holds a finished shadow run, the newest when none is named, against `.migrate/gates.yaml`. */
export default actionKind({
  kind: 'gate',
  schema,
  changes: () => false,
  describe: ({ run, gates }) =>
    `gate: ${run ?? 'the newest shadow run'} holds ${gates ?? 'the gates of .migrate/gates.yaml (without one its own verdict)'}`,
  async run({ run, gates }, { migrate }) {
    const ran = await migrate([
      'shadow',
      'gate',
      ...(run ? [run] : []),
      ...(gates ? ['--gates', gates] : []),
    ]);
    const outcome = z.object({ outcome: z.string() }).safeParse(ran.document).data?.outcome;
    return {
      outcome: ran.code === 0 ? 'passed' : 'failed',
      summary: outcome === undefined ? lastLine(ran.said) : `gates: ${outcome}`,
      detail: { exitCode: ran.code },
    };
  },
});

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? '';
