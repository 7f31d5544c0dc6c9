import type { Options } from '../actions/probe-deps.ts';
import type { CommandFile } from '../command.ts';
import { probeGroup } from '../probe-group.ts';

const command: CommandFile = {
  register(program, io, run) {
    probeGroup(program)
      .command('deps [path]')
      .description(
        'loads and calls the production dependencies on another runtime, drivers with real servers',
      )
      .option('--target <runtime>', 'bun, deno, node@24, workers', 'bun')
      .option(
        '--only <package>',
        'one package; may be repeated',
        (text: string, all: string[]) => [...all, text],
        [],
      )
      .option('--scripts', 'let packages run their install scripts in the scratch folder')
      .option('--postgres <url>', 'a PostgreSQL to use: postgres://user@127.0.0.1/name')
      .option('--mysql <url>', 'a MySQL or MariaDB to use: mysql://user@127.0.0.1/name')
      .option('--redis <url>', 'a Redis to use: redis://127.0.0.1')
      .option('--amqp <url>', 'a RabbitMQ to use: amqp://127.0.0.1')
      .option('--remote', 'the servers may be outside this machine')
      .option('--json', 'print one JSON document (schema migrate/probe-deps, version 1)')
      .addHelpText(
        'after',
        `
Packages are installed in a scratch folder, in the versions that node_modules or the lockfile tells; what they bring is the newest
that npm allows. Install scripts do not run unless you say --scripts. Each package is loaded in a process of its own, on Node and on
the target; where a small use of it is known, both answers are compared. A crash or a hang is a result.
Drivers and ORMs connect, query, make transactions, are put under load and lose their connections: by the server's own command
and by a cut. Without a flag the servers are those of DATABASE_URL, POSTGRES_URL, MYSQL_URL, REDIS_URL and AMQP_URL, as far as they
are on this machine. Tables, keys and queues are called migrate_probe_… and are removed; nothing else is read or written.

Examples
  $ migrate probe deps --target bun
  $ migrate probe deps services/api --target workers --only zod --only pg
  $ migrate probe deps --target deno --postgres postgres://postgres@127.0.0.1/test --redis redis://127.0.0.1

Exit codes
  0 everything that could be asked works    1 something does not    2 bad usage
  3 no package.json, no such runtime    130 interrupted`,
      )
      .action((path: string | undefined, options: Options) =>
        run(async () => (await import('../actions/probe-deps.ts')).probeDeps(io, path, options)),
      );
  },
};

export default command;
