import { ExitCode } from '../../model/exit.ts';
import type { ProvisionedRuntime } from '../../model/runtime.ts';
import type { Io } from '../../report/io.ts';
import { printProvisioned, printRuntimes } from '../../report/runtimes.ts';
import { cacheFolder, parseSpec, provisionRuntime, surveyRuntimes } from '../../runtimes/index.ts';
import type { CommandFile } from '../command.ts';

interface ListOptions {
  json?: boolean;
  offline?: boolean;
}

const command: CommandFile = {
  register(program, io, run) {
    const runtimes = program
      .command('runtimes')
      .description('the runtimes there are: version, where from, fetched or not')
      .option('--json', 'machine-readable result on stdout')
      .option('--offline', 'do not ask the npm registry')
      .addHelpText(
        'after',
        `
A launch uses the newest version in the cache that satisfies the spec, else one on PATH, else the newest the npm
registry has. The cache is MIGRATE_CACHE or the platform's cache folder; what is in it works without a network.

Examples
  migrate runtimes
  migrate runtimes --offline --json
  migrate runtimes install node@22 bun@1.4 deno@2 workers
  migrate runtimes install workers@2026-07-30

Exit codes: 0 · 2 no such runtime · 3 no such version, no network with an empty cache, disk full · 130 interrupted`,
      )
      .action((options: ListOptions) => run(() => list(io, options)));

    runtimes
      .command('install <runtimes...>')
      .description('fetches runtimes with npm into the cache; a newer version is taken when there is one')
      .option('--json', 'machine-readable result on stdout')
      .addHelpText(
        'after',
        `
Examples
  migrate runtimes install node@22 bun@1.4 deno@2 workers
  MIGRATE_CACHE=./.cache migrate runtimes install bun

Exit codes: 0 · 2 no such runtime · 3 no such version, no network with an empty cache, disk full · 130 interrupted`,
      )
      .action((specs: string[], _options: ListOptions, own) =>
        run(() => install(io, specs, own.optsWithGlobals() as ListOptions)),
      );
  },
};

async function list(io: Io, options: ListOptions): Promise<ExitCode> {
  io.json = Boolean(options.json);
  io.progress('Looking at the cache, PATH and the npm registry');
  const listings = await surveyRuntimes({ signal: io.signal, offline: options.offline });
  io.progress(null);
  if (io.json)
    io.document({ schema: 'migrate/runtimes', version: 1, ...{ cache: cacheFolder(), runtimes: listings } });
  else printRuntimes(io, listings, cacheFolder());
  return ExitCode.ok;
}

async function install(io: Io, texts: string[], options: ListOptions): Promise<ExitCode> {
  io.json = Boolean(options.json);
  const specs = await Promise.all(texts.map((text) => parseSpec(text)));
  const installed: ProvisionedRuntime[] = [];
  for (const spec of specs) {
    const runtime = await provisionRuntime(spec, {
      ...{ signal: io.signal, refresh: true },
      progress: (text) => io.progress(text),
      notice: (text) => io.note(text),
    });
    io.progress(null);
    installed.push(runtime);
    printProvisioned(io, runtime);
  }
  if (io.json) io.document({ schema: 'migrate/runtimes-installed', version: 1, ...{ runtimes: installed } });
  return ExitCode.ok;
}

export default command;
