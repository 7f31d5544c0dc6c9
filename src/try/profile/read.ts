import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CpuProfile, FunctionOwner, HotFunction } from '../../model/profile.ts';
import type { RawProfile } from './probe.ts';

/** With fewer samples of work than this, at two a millisecond, nothing is said. */
const LEAST_SAMPLES = 200;
/** A thread that is idle for more of the time than this waits for others, or was not asked enough. */
const MOST_IDLE = 0.5;
/** So many functions with so much of the work are the work. */
const FEW = 5;
const MOST_OF_IT = 0.5;
const SHOWN = 10;

interface About {
  runtime: string;
  seconds: number;
  requests: number;
  connection: CpuProfile['connection'];
  /** Folder of the application as it ran. */
  dir: string;
}

/** What a profile says: whose code the time goes to, which functions, and whether another JavaScript runtime could help. */
export function readProfile({ nodes, samples, timeDeltas }: RawProfile, about: About): CpuProfile {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const functions = new Map<string, HotFunction>();
  let [idle, collector, whole] = [0, 0, 0];
  for (const [at, id] of samples.entries()) {
    const frame = frames.get(id);
    const time = Math.max(0, timeDeltas[at] ?? 0);
    whole += time;
    if (!frame) continue;
    const { functionName, url, lineNumber } = frame;
    // V8's own names: `(program)` is native code that no function was found for.
    if (functionName === '(idle)' || functionName === '(root)') idle += time;
    else if (functionName === '(garbage collector)') collector += time;
    else {
      const { place, owner } = placeOf(url, lineNumber, about.dir);
      const name = functionName || '(anonymous)';
      const key = `${name} ${place}`;
      const one = functions.get(key) ?? { name, place, owner, self: 0 };
      functions.set(key, { ...one, self: one.self + time });
    }
  }
  const work = Math.max(1, whole - idle);
  const owners: Record<FunctionOwner, number> = { application: 0, package: 0, node: 0, native: 0 };
  for (const { owner, self } of functions.values()) owners[owner] += self / work;
  const hot = [...functions.values()]
    .map((one) => ({ ...one, self: one.self / work }))
    .sort((a, b) => b.self - a.self);
  const { dir: _, ...told } = about;
  const found = {
    ...{ ...told, samples: samples.length, busy: 1 - idle / Math.max(1, whole) },
    ...{ collector: collector / work, owners, functions: hot.slice(0, SHOWN) },
  };
  return { ...found, ...judge(found, hot) };
}

function judge(
  { samples, busy, seconds }: Pick<CpuProfile, 'samples' | 'busy' | 'seconds'>,
  hot: readonly HotFunction[],
): Pick<CpuProfile, 'verdict' | 'sentence'> {
  if (samples * busy < LEAST_SAMPLES)
    return {
      verdict: 'too-little',
      sentence: `In ${seconds} s it worked too little to say where the time goes.`,
    };
  if (busy < 1 - MOST_IDLE)
    return {
      verdict: 'waits',
      sentence: `Under load its thread is idle for ${percent(1 - busy)} of the time: it waits for others, which no runtime changes.`,
    };
  const own = hot.filter(({ owner }) => owner === 'application' || owner === 'package').slice(0, FEW);
  const part = own.reduce((sum, { self }) => sum + self, 0);
  if (part < MOST_OF_IT)
    return {
      verdict: 'spread',
      sentence: `No few functions take the time: the first ${own.length} of its own take ${percent(part)}.`,
    };
  const names = own
    .filter(({ self }) => self >= 0.05)
    .map(({ name, place, self }) => `${name} (${place}) ${percent(self)}`);
  return {
    verdict: 'not-javascript',
    sentence: `This is not a problem of the JavaScript runtime: ${percent(part)} of its work is in ${names.join(', ')}, which every JavaScript runtime runs with the same algorithm. Make that faster, or move it, and only it, to Go or Rust: a service beside this one, or WebAssembly.`,
  };
}

const percent = (part: number): string => `${Math.round(100 * part)} %`;

function placeOf(url: string, line: number, dir: string): { place: string; owner: FunctionOwner } {
  if (url === '') return { place: 'native code', owner: 'native' };
  if (url.startsWith('node:')) return { place: url, owner: 'node' };
  const path = url.startsWith('file:') ? fileURLToPath(url) : url;
  const inside =
    /(?:^|[\\/])node_modules[\\/](?:\.pnpm[\\/][^\\/]+[\\/]node_modules[\\/])?((?:@[^\\/]+[\\/])?[^\\/]+)/g;
  const name = [...path.matchAll(inside)].at(-1)?.[1];
  if (name) return { place: name.replace('\\', '/'), owner: 'package' };
  return { place: `${relative(dir, path).replaceAll('\\', '/')}:${line + 1}`, owner: 'application' };
}
