import { randomBytes } from 'node:crypto';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DependencyProbe, ProbeSaid } from '../../model/dependency-probe.ts';
import type { ProvisionedRuntime } from '../../model/runtime.ts';
import { askSurely, type Sure } from '../ask.ts';
import type { ServiceKind } from '../driver.ts';
import type { Host } from '../host.ts';
import { hostOf } from '../host-of.ts';
import { startOrigin } from '../origin.ts';
import { steady } from '../words.ts';
import { type Cuttable, cuttable } from './cut.ts';
import { type DriverGround, probeDriver } from './drivers.ts';
import { installDependencies, type Wanted } from './install.ts';
import { dependencyProgram } from './programs.ts';
import { KINDS, type Services } from './services.ts';

/** Compiled code that was seen in an installed package. */
export type Native = NonNullable<DependencyProbe['native']>;

export interface DependencyOptions {
  wanted: readonly Wanted[];
  target: ProvisionedRuntime;
  /** The Node whose answers count as right. */
  reference: ProvisionedRuntime;
  services: Services;
  /** Small uses by package: expressions over `m`. */
  uses: Readonly<Record<string, string>>;
  /** Whether packages may run their install scripts. */
  scripts: boolean;
  /** Which of the packages in a folder hold compiled code. */
  nativeIn(dir: string): Promise<ReadonlyMap<string, Native>>;
  signal: AbortSignal;
  progress(text: string): void;
}

interface Sides {
  dir: string;
  host: Host;
  reference: Host;
  isWorker: boolean;
  places: readonly string[];
}

/** Installs packages in scratch, and loads and calls each on the target in a process of its own. */
export async function probeDependencies(options: DependencyOptions): Promise<DependencyProbe[]> {
  const { wanted, target, reference, services, uses, scripts, signal, progress } = options;
  const dir = await realpath(await mkdtemp(join(tmpdir(), 'migrate-probe-')));
  const ways = new Map<ServiceKind, Cuttable>();
  const { origin, close } = await startOrigin(() => {
    for (const way of ways.values()) way.cut();
  });
  try {
    for (const [kind, address] of Object.entries(services) as [ServiceKind, string][])
      ways.set(kind, await cuttable(address, KINDS[kind].port));
    progress(`installing ${wanted.length} packages in a scratch folder`);
    const { versions, problems } = await installDependencies(dir, wanted, scripts, signal);
    const natives = await options.nativeIn(dir);
    const sides: Sides = {
      dir,
      host: await hostOf(target, dir, origin, signal),
      reference: await hostOf(reference, dir, origin, signal),
      isWorker: target.spec.name === 'workers',
      places: [dir, target.binary],
    };
    const ground: DriverGround = {
      ...sides,
      services: Object.fromEntries([...ways].map(([kind, { url }]) => [kind, url])),
      own: `migrate_probe_${randomBytes(4).toString('hex')}`,
      has: (name) => Boolean(versions.get(name)),
    };
    const found: DependencyProbe[] = [];
    for (const { name } of wanted) {
      signal.throwIfAborted();
      const version = versions.get(name) ?? null;
      const native = natives.get(name) ?? null;
      if (version === null) {
        const why = problems.get(name) ?? 'it is not there after the install';
        found.push({
          ...{ name, version, native, load: null, call: null, drivers: [] },
          notChecked: [`npm did not install it: ${why}`],
        });
        continue;
      }
      progress(`${target.spec.raw}: ${name} ${version}`);
      const own = await probeOne(name, uses[name] ?? null, native, scripts, sides);
      const driven =
        own.load?.level === 'works' ? await probeDriver(name, ground) : { drivers: [], notChecked: [] };
      found.push({
        ...{ name, version, native },
        ...own,
        ...driven,
        notChecked: [...(driven.drivers.length > 0 ? [] : own.notChecked), ...driven.notChecked],
      });
    }
    return found;
  } finally {
    for (const way of ways.values()) way.close();
    close();
    await rm(dir, { recursive: true, force: true });
  }
}

type Own = Pick<DependencyProbe, 'load' | 'call' | 'notChecked'>;

/** Loads a package on both sides, and makes its small use. What fails on Node, too, says nothing of the target. */
async function probeOne(
  name: string,
  use: string | null,
  native: Native | null,
  scripts: boolean,
  { dir, host, reference, isWorker, places }: Sides,
): Promise<Own> {
  const checks = use === null ? ['load'] : ['load', 'call'];
  const onNode = await asked(reference, () => dependencyProgram({ dir, isWorker: false }, name, use), checks);
  const wrong = failure(onNode);
  if (wrong !== null) {
    const unbuilt =
      native !== null && !scripts
        ? ' (its compiled code may not be built: install scripts are off, see --scripts)'
        : '';
    return {
      load: null,
      call: null,
      notChecked: [`it does not load on Node either: ${steady(wrong, places)}${unbuilt}`],
    };
  }
  const there = await asked(host, () => dependencyProgram({ dir, isWorker }, name, use), checks);
  const fails = failure(there);
  if (fails !== null)
    return { load: { level: 'throws', saw: steady(fails, places) }, call: null, notChecked: [] };
  const load: ProbeSaid = { level: 'works', saw: '' };
  if (use === null) return { load, call: null, notChecked: ['what it does: no small use of it is known'] };
  const [nodes, own] = [answerOf(onNode), answerOf(there)];
  if (nodes.level === 'throws')
    return {
      load,
      call: null,
      notChecked: [`what it does: the small use that is known fails on Node (${steady(nodes.saw, places)})`],
    };
  if (own.level === 'throws')
    return { load, call: { level: 'throws', saw: steady(own.saw, places) }, notChecked: [] };
  const isSame = own.saw === nodes.saw;
  const saw = isSame ? '' : steady(`${own.saw} where Node gives ${nodes.saw}`, places);
  return { load, call: { level: isSame ? 'works' : 'differs', saw }, notChecked: [] };
}

async function asked(
  host: Host,
  make: () => Promise<Parameters<Host['ask']>[0]>,
  checks: readonly string[],
): Promise<Sure> {
  try {
    return await askSurely(host, await make(), checks);
  } catch (error) {
    // It cannot be bundled for the target.
    return { unloadable: error instanceof Error ? error.message : String(error), answers: [] };
  }
}

/** Why it does not load; null where it does. */
function failure({ unloadable, answers }: Sure): string | null {
  if (unloadable !== null) return unloadable;
  const load = answers.find(({ check }) => check === 'load');
  return load && load.level !== 'works' ? load.saw : null;
}

const answerOf = ({ answers }: Sure) =>
  answers.find(({ check }) => check === 'call') ?? {
    check: 'call',
    level: 'throws' as const,
    saw: 'no answer',
  };
