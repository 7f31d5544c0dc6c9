import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ExitCode } from '../../model/exit.ts';
import type { ProbeTable } from '../../model/probe-table.ts';
import type { ProvisionedRuntime } from '../../model/runtime.ts';
import { listSubjects, measure, tableDifferences, tableText } from '../../probe/index.ts';
import type { Io } from '../../report/io.ts';
import { printProbeDifferences, printProbeTable } from '../../report/probe/runtimes.ts';
import { installedRuntimes, parseSpec, provisionRuntime } from '../../runtimes/index.ts';
import { readProbeTables, tableFile } from '../../workspace/tables/probes.ts';
import { usage } from '../usage.ts';

export interface Options {
  runtime: string[];
  only: string[];
  check?: boolean;
  out?: string;
  json?: boolean;
}

/** Releases of Node whose names are looked for elsewhere. */
const REFERENCE = ['node@22', 'node@24'];

/** `migrate probe runtimes`. */
export async function probeRuntimes(io: Io, options: Options): Promise<ExitCode> {
  io.json = Boolean(options.json);
  if (options.out !== undefined && options.only.length > 0)
    throw usage('--out writes whole tables: leave out --only.');
  const known = new Set([
    ...(await listSubjects()).map(({ subject }) => subject.module),
    '(flags)',
    '(environment)',
  ]);
  const unknown = options.only.find((name) => !known.has(name));
  if (unknown !== undefined)
    throw usage(`--only: "${unknown}" is not among what is asked: ${[...known].sort().join(', ')}.`);
  const reference = await Promise.all(REFERENCE.map((text) => provision(io, text)));
  const asOf = new Date().toISOString().slice(0, 10);
  const tables: ProbeTable[] = [];
  const differing: { file: string; differences: ReturnType<typeof tableDifferences> }[] = [];
  for (const runtime of await asked(io, options)) {
    const table = await measure(runtime, {
      ...{ reference, only: options.only, asOf, signal: io.signal },
      progress: (text) => io.progress(text),
    });
    io.progress(null);
    tables.push(table);
    printProbeTable(io, table);
    if (options.check) {
      const kept = readProbeTables().find((one) => tableFile(one) === tableFile(table));
      const differences = kept
        ? tableDifferences(part(kept, options.only), part(table, options.only))
        : [{ what: 'the table', kept: 'nothing', now: 'measured' }];
      if (differences.length > 0) differing.push({ file: tableFile(table), differences });
    }
    if (options.out !== undefined) await write(resolve(io.cwd, options.out), table);
  }
  if (options.check) printProbeDifferences(io, differing);
  if (io.json) io.document({ schema: 'migrate/probe-runtimes', version: 1, ...{ tables, differing } });
  return differing.length > 0 ? ExitCode.findings : ExitCode.ok;
}

/** The runtimes that were named, else all that are here and, of Workers, all dates of which a table is kept. */
async function asked(io: Io, { runtime }: Options): Promise<ProvisionedRuntime[]> {
  if (runtime.length > 0) return Promise.all(runtime.map((text) => provision(io, text)));
  const dates = readProbeTables().flatMap(({ runtime: name, compatibilityDate }) =>
    compatibilityDate === undefined ? [] : [`${name}@${compatibilityDate}`],
  );
  const dated = await Promise.all(dates.map((text) => provision(io, text)));
  const here = await installedRuntimes();
  const newest = here.filter(
    ({ compatibilityDate }) =>
      compatibilityDate === undefined || !dates.some((one) => one.endsWith(compatibilityDate)),
  );
  return [...newest, ...dated];
}

const provision = async (io: Io, text: string): Promise<ProvisionedRuntime> =>
  provisionRuntime(await parseSpec(text), {
    ...{ signal: io.signal, progress: (line) => io.progress(line), notice: (line) => io.note(line) },
  });

/** A table with some modules only. */
const part = (table: ProbeTable, only: readonly string[]): ProbeTable =>
  only.length === 0
    ? table
    : { ...table, modules: table.modules.filter(({ module }) => only.includes(module)) };

async function write(folder: string, table: ProbeTable): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, tableFile(table)), tableText(table));
}
