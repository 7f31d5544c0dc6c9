import type { ListOptions } from '../actions/runtimes.ts';
import type { CommandFile } from '../command.ts';

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
      .action((options: ListOptions) =>
        run(async () => (await import('../actions/runtimes.ts')).list(io, options)),
      );

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
        run(async () => {
          const { install } = await import('../actions/runtimes.ts');
          return install(io, specs, own.optsWithGlobals() as ListOptions);
        }),
      );
  },
};
export default command;
