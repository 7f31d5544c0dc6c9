import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { CpuProfile } from '../../model/profile.ts';
import { closedLoop, launchAlone, rehearseAlone } from '../../shadow/index.ts';
import { type Context, launchOptions, type Row } from '../context.ts';
import { idleConnections } from './connections.ts';
import { profileProbe } from './probe.ts';
import { readProfile } from './read.ts';

/** Requests under way at once: enough to keep a thread busy. */
const AT_ONCE = 8;
/** Not profiled: compilers and caches settle in it. */
const WARM_UP_MS = 1_000;

/**
 * Profiles the application of today under load, in a copy of its own.
 *
 * @param load the exchanges to ask for, by index
 * @returns a sentence where it could not be profiled
 * @throws MigrateError of the runtimes when it does not start
 */
export async function profileRow(
  row: Row,
  load: ReadonlyMap<number, number>,
  context: Context,
): Promise<CpuProfile | string> {
  const { options, exchanges, scratch } = context;
  const { signal, timeoutMs, progress } = options;
  if (row.way.name !== 'node') return `only Node is profiled, not ${row.way.spec}`;
  if (load.size === 0) return 'no request could be part of a load';
  progress('profiling the application as it is today');
  const folder = join(scratch, 'profile');
  mkdirSync(folder, { recursive: true });
  const probe = profileProbe(folder);
  const launch = { ...launchOptions(context, 'profile', row.env), effects: false };
  const { side, close } = await launchAlone(row.given, { ...launch, instrument: probe.instrument });
  try {
    const wanted = exchanges.filter(({ index, source }) => load.has(index) || source.startsWith('login:'));
    const heard = await rehearseAlone(side, wanted, { writes: 'refused', timeoutMs, signal });
    const asked = heard.flatMap((one) => (one.asked && load.has(one.exchange.index) ? [one.asked] : []));
    if (asked.length === 0) return 'it answered none of the load';
    const loop = { atOnce: AT_ONCE, timeoutMs, signal };
    await closedLoop(side.origin, asked, { ...loop, warmUpMs: 0, countedMs: WARM_UP_MS });
    const connection = await idleConnections(side, asked[0]?.request.path ?? '/');
    await probe.start();
    const seconds = Math.max(1, options.seconds);
    const { service } = await closedLoop(side.origin, asked, {
      ...loop,
      warmUpMs: 0,
      countedMs: 1000 * seconds,
    });
    const raw = await probe.stop();
    if (!raw) return side.crashed() ?? 'it wrote no profile';
    const { runtime, version } = side.identity;
    const [dir = ''] = side.own.dirs;
    return readProfile(raw, {
      runtime: `${runtime} ${version}`,
      seconds,
      requests: service.length,
      connection,
      dir,
    });
  } finally {
    progress(null);
    await close();
  }
}
