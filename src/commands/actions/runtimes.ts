import { ExitCode } from '../../model/exit.ts';
import type { ProvisionedRuntime } from '../../model/runtime.ts';
import type { Io } from '../../report/io.ts';
import { printProvisioned, printRuntimes } from '../../report/runtimes.ts';
import { cacheFolder, parseSpec, provisionRuntime, surveyRuntimes } from '../../runtimes/index.ts';

export interface ListOptions {
  json?: boolean;
  offline?: boolean;
}

/** `migrate runtimes`: what there is, cached or not. */
export async function list(io: Io, options: ListOptions): Promise<ExitCode> {
  io.json = Boolean(options.json);
  io.progress('Looking at the cache, PATH and the npm registry');
  const listings = await surveyRuntimes({ signal: io.signal, offline: options.offline });
  io.progress(null);
  if (io.json)
    io.document({ schema: 'migrate/runtimes', version: 1, ...{ cache: cacheFolder(), runtimes: listings } });
  else printRuntimes(io, listings, cacheFolder());
  return ExitCode.ok;
}

/** `migrate runtimes install`. @throws MigrateError when a runtime or version does not exist or cannot be fetched */
export async function install(io: Io, texts: string[], options: ListOptions): Promise<ExitCode> {
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
