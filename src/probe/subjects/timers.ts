import { subject } from '../contract.ts';
import { same } from '../inside/seen.ts';

type Timers = typeof import('node:timers');

export default subject<Timers>('timers', {
  setTimeout: ({ setTimeout, clearTimeout }) => {
    const timer = setTimeout(() => {}, 1_000);
    timer.unref();
    const seen = [timer.hasRef(), timer.ref().hasRef(), timer.refresh() === timer];
    clearTimeout(timer);
    return same(seen, [false, true, true]);
  },
  setImmediate: async ({ setImmediate }) => same(await new Promise((done) => setImmediate(done, 1)), 1),
  enroll: (timers) => {
    const own = { _onTimeout: () => {} };
    (timers as unknown as { enroll(item: object, ms: number): void }).enroll(own, 5);
    return same((own as unknown as { _idleTimeout: number })._idleTimeout, 5);
  },
});
