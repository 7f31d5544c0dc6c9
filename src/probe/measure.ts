import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProbedModule, ProbeTable } from '../model/probe-table.ts';
import type { ProvisionedRuntime } from '../model/runtime.ts';
import { askSurely, type Sure } from './ask.ts';
import { checkProgram, presenceProgram } from './bundle.ts';
import type { Exports, Host } from './host.ts';
import { hostOf } from './host-of.ts';
import { startOrigin } from './origin.ts';
import { startedModules } from './started/index.ts';
import { listSubjects } from './subjects.ts';
import { steady } from './words.ts';

export interface MeasureOptions {
  /** Runtimes of Node whose exports are looked for. */
  reference: readonly ProvisionedRuntime[];
  /** Only these modules; all when there are none. */
  only: readonly string[];
  asOf: string;
  signal: AbortSignal;
  progress(text: string): void;
}

/** Asks one runtime everything, and gives its table. */
export async function measure(runtime: ProvisionedRuntime, options: MeasureOptions): Promise<ProbeTable> {
  const { reference, only, asOf, signal, progress } = options;
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'migrate-probe-')));
  const { origin, close } = await startOrigin();
  const wants = (module: string) => only.length === 0 || only.includes(module);
  try {
    const host = await hostOf(runtime, folder, origin, signal);
    const isWorker = runtime.spec.name === 'workers';
    const nodes = await Promise.all(
      reference.map(async (one) =>
        exportsOf(await hostOf(one, folder, origin, signal), null, `node-${one.version}`, false),
      ),
    );
    const names = [...new Set(nodes.flatMap(({ modules }) => Object.keys(modules)))].sort();
    const present = await exportsOf(host, names, 'own', isWorker);
    const modules = new Map<string, ProbedModule>();
    for (const { file, subject } of await listSubjects()) {
      if (!wants(subject.module)) continue;
      signal.throwIfAborted();
      progress(`${runtime.spec.raw}: ${subject.module}`);
      const text = await checkProgram(file, subject.module, isWorker);
      const found = await askSurely(host, { name: file, text }, Object.keys(subject.checks));
      modules.set(subject.module, probed(subject.module, found, [folder, runtime.binary]));
    }
    for (const name of names) {
      if (!wants(name)) continue;
      const own = modules.get(name) ?? { module: name, works: [], found: [], absent: [] };
      modules.set(name, { ...own, ...absentOf(name, own, nodes, present, [folder]) });
    }
    for (const own of await startedModules({ runtime, folder, signal, wants, progress }))
      modules.set(own.module, own);
    const { version, platform, compatibilityDate, compatibilityFlags } = runtime;
    return {
      ...{ runtime: runtime.spec.name, version },
      ...(compatibilityDate !== undefined && { compatibilityDate }),
      ...(compatibilityFlags !== undefined && compatibilityFlags.length > 0 && { compatibilityFlags }),
      ...{ platform, says: present.says, reference: reference.map((one) => `node ${one.version}`), asOf },
      modules: [...modules.values()].sort((a, b) => (a.module < b.module ? -1 : 1)),
    };
  } finally {
    close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** @param modules null for the builtins of the runtime itself */
const exportsOf = async (
  host: Host,
  modules: readonly string[] | null,
  name: string,
  isWorker: boolean,
): Promise<Exports> => host.tell({ name: `exports-${name}`, text: await presenceProgram(modules, isWorker) });

/** The answers of one module as its part of the table. */
function probed(module: string, { unloadable, answers }: Sure, places: readonly string[]): ProbedModule {
  if (unloadable !== null)
    return { module, missing: steady(unloadable, places), works: [], found: [], absent: [] };
  const works = answers.filter(({ level }) => level === 'works').map(({ check }) => check);
  const found = answers.flatMap(({ check, level, saw }) => {
    if (level === 'works') return [];
    const [member = '', ...of] = check.split(' ');
    return [{ member, ...(of.length > 0 && { of: of.join(' ') }), level, saw: steady(saw, places) }];
  });
  return { module, works, found, absent: [] };
}

/** What Node exports of a module and this runtime does not. */
function absentOf(
  name: string,
  { works, found, missing }: ProbedModule,
  nodes: readonly Exports[],
  present: Exports,
  places: readonly string[],
): Pick<ProbedModule, 'absent' | 'missing'> {
  const own = present.modules[name];
  if (typeof own === 'string') return { absent: [], missing: missing ?? steady(own, places) };
  const here = new Set(own);
  const called = new Set([
    ...works.map((check) => check.split(' ')[0]),
    ...found.map(({ member }) => member),
  ]);
  const wanted = nodes.flatMap(({ modules }) => (Array.isArray(modules[name]) ? modules[name] : []));
  const absent = [...new Set(wanted)].filter((one) => !here.has(one) && !called.has(one)).sort();
  return { absent, ...(missing !== undefined && { missing }) };
}
