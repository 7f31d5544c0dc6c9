import expressToHono from '../../codemods/express-to-hono/index.ts';
import { randomOf } from './random.ts';

/** How much of a program is asked for. */
const SHARE = 0.5;

/** The codemod asked for some of the routes that a program has, the same ones for the same program. */
export const partly: typeof expressToHono = {
  ...expressToHono,
  async run(input) {
    const whole = await expressToHono.run(input);
    const names = [...new Set((whole.routes ?? []).map(({ method, path }) => `${method} ${path}`))];
    const only = randomOf(names.join().length).some(names, SHARE);
    if (only.length === 0 || only.length === names.length) return whole;
    return expressToHono.run({ ...input, options: { ...input.options, only } });
  },
};
