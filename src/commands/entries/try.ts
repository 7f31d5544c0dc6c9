import type { Options } from '../actions/try.ts';
import type { CommandFile } from '../command.ts';

const command: CommandFile = {
  register(program, io, run) {
    program
      .command('try')
      .argument('[dir]', 'the application', '.')
      .description('this application on every runtime, in scratch copies: starts, same answers, how fast')
      .option('--on <runtimes>', 'separated by commas (default: newer Node, bun, deno, workers)')
      .option(
        '--today <runtime>',
        'what it runs on today (default: as Dockerfile, .nvmrc, CI or engines say)',
      )
      .option('--no-convert', 'only as it is: no row for what a codemod makes of it')
      .option(
        '--traffic <file>',
        'recorded traffic, or "routes" (default: the newest recording in .migrate, else "routes")',
      )
      .option(
        '--writes <mode>',
        'isolated: also compare requests that change data; they must have state of their own',
        'refused',
      )
      .option('--time <seconds>', 'of load for each row; 0 measures nothing', '6')
      .option('--profile', 'also where the CPU time goes on the Node of today, under load')
      .option('--entry <file>', 'the file that production starts, relative to the folder')
      .option(
        '--env-file <file>',
        'variables for every row; may be repeated',
        (file: string, all: string[]) => [...all, file],
        [],
      )
      .option(
        '--setup <argv>',
        'a program with arguments, run in the scratch copies first (no shell); may be repeated',
        (text: string, all: string[]) => [...all, text],
        [],
      )
      .option('--permissions', 'also what Deno must allow, found by running it with no more')
      .option('--timeout <ms>', 'for one answer', '5000')
      .option('--start-timeout <ms>', 'for the application of today to answer its first request', '35000')
      .option('--json', 'print one JSON document (schema migrate/try, version 1)')
      .addHelpText(
        'after',
        `
Every row runs in a copy that is removed afterwards; your files are only read. Databases and other servers are the
ones the application's own environment names, and only GET, HEAD and OPTIONS are sent, unless --writes says otherwise.
Rows: as it is on the Node of today, on newer Node, Bun, Deno, and Workers behind the platform's Node server bridge; and
converted to Hono on each, where it is an Express application. Differences by cause, times with 95% intervals.
With --profile one more copy is started with V8's profiler: where a few functions are the work, no other JavaScript runtime helps,
and they are named.
Requests are made from the routes in the code; where it tells none, a start of the application is asked for them (Fastify,
Koa's router, hapi, Express below Nest), or the build of Next.js is read.
The table is kept in .migrate/evidence/tries/, and \`migrate plan\` uses it as long as files and lockfile are the same.

Examples
  $ migrate try
  $ migrate try --on node@24,bun --no-convert
  $ migrate try --setup "npm run build" --env-file .env.test
  $ migrate try --setup "docker compose up -d db" --traffic traffic.har --time 20
  $ migrate try --on node@24 --profile
  $ migrate try services/api --json

Exit codes
  0 tried: the table says how each row did    2 bad usage
  3 the application of today does not start, is not installed or not built    7 there was nothing to ask
  130 interrupted: nothing is left`,
      )
      .action((dir: string, options: Options) =>
        run(async () => (await import('../actions/try.ts')).tryCommand(io, dir, options)),
      );
  },
};

export default command;
