import { WIRE } from '../express-coverage/convert.ts';
import { randomOf } from './random.ts';

/** How much of a program is asked for. */
const SHARE = 0.5;

/** The codemod asked for some of the routes that a program has, the same ones for the same program. */
export const partly: typeof WIRE = {
  ...WIRE,
  async run(input) {
    const whole = await WIRE.run(input);
    const names = [...new Set((whole.routes ?? []).map(({ method, path }) => `${method} ${path}`))];
    const only = randomOf(names.join().length).some(names, SHARE);
    if (only.length === 0 || only.length === names.length) return whole;
    return WIRE.run({ ...input, options: { ...input.options, only } });
  },
};
