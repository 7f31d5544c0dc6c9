import { subject } from '../contract.ts';
import { happens, pause, same } from '../inside/seen.ts';

type Perf = typeof import('node:perf_hooks') & {
  eventLoopUtilization?: () => { active: number; idle: number };
};

/** What an observer of a kind of entry is told while something happens. */
async function observed(
  { PerformanceObserver }: Perf,
  type: 'mark' | 'gc' | 'function' | 'http',
  work: () => unknown,
) {
  const names: string[] = [];
  const observer = new PerformanceObserver(
    (list) => void names.push(...list.getEntries().map(({ name }) => name)),
  );
  observer.observe({ entryTypes: [type] });
  await work();
  await pause(200);
  observer.disconnect();
  return names;
}

export default subject<Perf>('perf_hooks', {
  'performance.now': async ({ performance }) => {
    const before = performance.now();
    await pause(20);
    return happens(performance.now() - before > 5, 'it stands still while a timer runs');
  },
  'performance.mark': ({ performance }) => {
    performance.mark('a');
    performance.measure('b', 'a');
    return same(performance.getEntriesByName('b').length, 1);
  },
  'performance.timerify': ({ performance }) => same(performance.timerify((n: number) => n + 1)(1), 2),
  'performance.nodeTiming': ({ performance }) =>
    happens(performance.nodeTiming.bootstrapComplete > 0, 'its times are 0'),
  'performance.eventLoopUtilization': async ({ performance }) => {
    await pause(30);
    const until = Date.now() + 30;
    while (Date.now() < until);
    const { active, idle } = performance.eventLoopUtilization();
    return happens(active + idle > 0, 'all of it is 0');
  },
  eventLoopUtilization: async ({ eventLoopUtilization }) => {
    await pause(30);
    const { active = 0, idle = 0 } = eventLoopUtilization?.() ?? {};
    return happens(active + idle > 0, 'all of it is 0');
  },
  PerformanceObserver: async (perf) =>
    same(await observed(perf, 'mark', () => perf.performance.mark('seen')), ['seen']),
  'PerformanceObserver gc': async (perf) => {
    const supported = (Reflect.get(perf.PerformanceObserver, 'supportedEntryTypes') as string[]).includes(
      'gc',
    );
    if (!supported) return happens(false, 'there is no entry of that type, and observing it says nothing');
    const entries = await observed(perf, 'gc', async () => {
      let kept: unknown[] = [];
      for (let round = 0; round < 60; round++) {
        kept = Array.from({ length: 50_000 }, (_, index) => ({ index }));
        await pause(1);
      }
      return kept.length;
    });
    return happens(entries.length > 0, 'no entry after 3,000,000 objects');
  },
  monitorEventLoopDelay: async ({ monitorEventLoopDelay }) => {
    const own = monitorEventLoopDelay({ resolution: 5 });
    own.enable();
    for (let round = 0; round < 5; round++) {
      await pause(40);
      const until = Date.now() + 60;
      while (Date.now() < until);
    }
    await pause(40);
    own.disable();
    return happens(own.max > 20_000_000, 'a loop that was blocked for 60 ms is not seen');
  },
  createHistogram: ({ createHistogram }) => {
    const own = createHistogram();
    own.record(5);
    own.record(7);
    return same([own.max, own.count], [7, 2]);
  },
});
