import type { ProvisionedRuntime, RuntimeListing } from '../model/runtime.ts';
import type { Io } from './io.ts';

const ORIGIN = { path: 'on PATH', cache: 'in the cache', registry: 'fetched with npm' } as const;

/** The runtimes there are: what a launch would use, where it is, and what is newer in the registry. */
export function printRuntimes(io: Io, listings: RuntimeListing[], cache: string): void {
  const { bold, dim, green, yellow } = io.colors;
  const width = Math.max(...listings.map(({ spec }) => spec.length));
  const versions = Math.max(...listings.map(({ here, newest }) => (here?.version ?? newest ?? '–').length));
  for (const { spec, here, newest } of listings) {
    const version = (here?.version ?? newest ?? '–').padEnd(versions);
    const where = here
      ? `${green(ORIGIN[here.origin])}${here.origin === 'path' ? dim(` ${here.binary}`) : ''}`
      : newest
        ? yellow('not fetched yet')
        : yellow('not here');
    const note = here && newest && newest !== here.version ? `, ${newest} is in the registry` : '';
    io.line(`  ${bold(spec.padEnd(width))}  ${version}  ${where}${note}`);
  }
  io.line();
  for (const said of new Set(listings.map(({ problem }) => problem))) if (said) io.line(dim(said));
  io.line(dim(`Cache: ${cache}`));
  if (listings.some(({ here }) => !here)) io.line('Fetch one with: migrate runtimes install <runtime>');
}

/** One provisioned runtime: its exact identity and where it came from. */
export function printProvisioned(io: Io, runtime: ProvisionedRuntime): void {
  const { version, platform, compatibilityDate, compatibilityFlags = [] } = runtime;
  const date = compatibilityDate
    ? `, compatibility date ${[compatibilityDate, ...compatibilityFlags].join(' ')}`
    : '';
  const where = runtime.origin === 'path' ? `${ORIGIN.path}, ${runtime.binary}` : ORIGIN[runtime.origin];
  io.line(`  ${io.colors.bold(runtime.spec.raw)}  ${version} (${platform}${date})  ${where}`);
}
