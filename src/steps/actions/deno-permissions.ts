import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Try } from '../../model/try.ts';
import { writeFileAtomic } from '../../workspace/atomic.ts';
import { setField } from '../../workspace/manifest-edit.ts';
import { actionKind } from '../contract.ts';

const schema = z.strictObject({
  do: z.literal('deno-permissions'),
  on: z.string(),
  /** The file that production starts. */
  entry: z.string(),
});

const FILE = 'deno.json';

/** Runs the application on Deno, and writes a task that starts it with what it asked for and no more. */
export default actionKind({
  kind: 'deno-permissions',
  schema,
  changes: () => true,
  describe: ({ on, entry }) =>
    `${FILE}: start ${entry} on ${on} with the permissions that it asks for, and no more`,
  async run({ on, entry }, { root, migrate, writes, traffic }) {
    if (existsSync(join(root, 'deno.jsonc')))
      return { outcome: 'failed', summary: 'there is a deno.jsonc, and Deno reads one file only' };
    const asked = traffic === null ? [] : ['--traffic', traffic];
    const ran = await migrate([
      ...['try', '--no-convert', '--on', on, '--time', '0', '--permissions', '--writes', writes],
      ...asked,
    ]);
    const way = Try.safeParse(ran.document).data?.ways.find(({ spec, baseline }) => spec === on && !baseline);
    if (!way?.permissions) {
      const said = way?.failed ?? ran.said.trim().split('\n').at(-1) ?? 'nothing was tried';
      return { outcome: 'failed', summary: `what it asks ${on} for is not known: ${said}` };
    }
    const { flags, same, of } = way.permissions;
    if (of === 0 || same < of)
      return {
        outcome: 'failed',
        summary: `${same} of ${of} requests are answered with ${flags.join(' ')} alone`,
      };
    const file = join(root, FILE);
    const text = existsSync(file) ? readFileSync(file, 'utf8') : '{}\n';
    const command = ['deno run', ...flags.map(quoted), entry].join(' ');
    writeFileAtomic(file, setField(text, ['tasks', 'start'], command));
    return {
      outcome: 'done',
      summary: `${FILE}: ${flags.join(' ')}; ${of} requests are answered as with everything allowed`,
      detail: { flags },
    };
  },
});

/** The shell of Deno's tasks expands brackets and stars. */
const quoted = (flag: string): string => (/^[\w@%+=:,./-]+$/.test(flag) ? flag : `"${flag}"`);
