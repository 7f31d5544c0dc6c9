import { resolve } from 'node:path';
import { z } from 'zod';
import { collectInventory } from '../../inventory/index.ts';
import type { DependencyProbe, DependencyProbes } from '../../model/dependency-probe.ts';
import { MigrateError } from '../../model/errors.ts';
import { ExitCode } from '../../model/exit.ts';
import type { Inventory } from '../../model/inventory.ts';
import { oldSpec } from '../../plan/project.ts';
import { type Native, probeDependencies, readServices } from '../../probe/index.ts';
import type { Io } from '../../report/io.ts';
import { printDependencyProbes } from '../../report/probe/dependencies.ts';
import { parseSpec, provisionRuntime } from '../../runtimes/index.ts';
import { readShipped } from '../../workspace/shipped.ts';
import { readYaml } from '../../workspace/yaml.ts';

export interface Options {
  target: string;
  only: string[];
  scripts?: boolean;
  postgres?: string;
  mysql?: string;
  redis?: string;
  amqp?: string;
  remote?: boolean;
  json?: boolean;
}

/** `migrate probe deps`. */
export async function probeDeps(io: Io, path: string | undefined, options: Options): Promise<ExitCode> {
  io.json = Boolean(options.json);
  const { postgres, mysql, redis, amqp } = options;
  const given = Object.fromEntries(
    Object.entries({ postgres, mysql, redis, amqp }).filter(([, address]) => address !== undefined),
  );
  const services = await readServices(given, process.env, Boolean(options.remote));
  const spec = await parseSpec(options.target);
  const inventory = await collectInventory(resolve(io.cwd, path ?? '.'), {
    ...{ signal: io.signal, progress: (text) => io.progress(text) },
  });
  const { wanted, outside } = wantedOf(inventory, options.only);
  if (inventory.dependencies.length === 0)
    throw new MigrateError('NO_DEPENDENCIES', 'No package.json there names a dependency.');
  const provision = async (text: string) =>
    provisionRuntime(await parseSpec(text), { signal: io.signal, progress: (line) => io.progress(line) });
  const target = await provisionRuntime(spec, { signal: io.signal, progress: (line) => io.progress(line) });
  const reference = await provision(oldSpec(inventory));
  const found = await probeDependencies({
    ...{ wanted, target, reference, services, scripts: Boolean(options.scripts), signal: io.signal },
    uses: readYaml(
      z.record(z.string(), z.string()),
      'data/package-uses.yaml',
      readShipped('data/package-uses.yaml'),
    ),
    nativeIn,
    progress: (text) => io.progress(text),
  });
  io.progress(null);
  const { binary: _, home: __, ...identity } = target;
  const document: DependencyProbes = {
    ...{ schema: 'migrate/probe-deps', version: 1, target: identity, scripts: Boolean(options.scripts) },
    ...{ reference: `node ${reference.version}`, asOf: new Date().toISOString().slice(0, 10) },
    dependencies: [...found, ...outside],
  };
  if (io.json) io.document(document);
  printDependencyProbes(io, document);
  return found.some(isWrong) ? ExitCode.findings : ExitCode.ok;
}

/** The production dependencies that npm can install by themselves, and those that it cannot. */
function wantedOf({ dependencies }: Inventory, only: readonly string[]) {
  const wanted = new Map<string, string>();
  const outside: DependencyProbe[] = [];
  for (const { name, kind, declared, installed, locked } of dependencies) {
    if (kind !== 'production' && kind !== 'optional') continue;
    if (
      (only.length > 0 && !only.includes(name)) ||
      wanted.has(name) ||
      outside.some((one) => one.name === name)
    )
      continue;
    if (
      /^(workspace|link|portal|file|git|github|https?|catalog|patch)[+:]/.test(declared) &&
      !installed &&
      !locked
    )
      outside.push({
        ...{ name, version: null, load: null, call: null, native: null, drivers: [] },
        notChecked: [`it is declared as ${declared}, which is not fetched from a registry by itself`],
      });
    else wanted.set(name, installed ?? locked ?? declared);
  }
  return { wanted: [...wanted].map(([name, version]) => ({ name, version })), outside };
}

/** Packages with compiled code in a folder where they were installed. */
async function nativeIn(dir: string): Promise<ReadonlyMap<string, Native>> {
  const { nativeAddons } = await collectInventory(dir, {});
  return new Map(nativeAddons.map(({ package: name, abi, signs }) => [name, { abi, signs }]));
}

const isWrong = ({ load, call, drivers }: DependencyProbe): boolean =>
  [load, call, ...drivers.flatMap(({ checks }) => checks)].some(
    (one) => one !== null && one.level !== 'works',
  );
