import type { Options } from '../actions/scripts.ts';
import type { CommandFile } from '../command.ts';

const command: CommandFile = {
  register(program, io, run) {
    program
      .command('scripts')
      .description('the scripts of package.json on today’s runner and on Bun')
      .addHelpText(
        'after',
        `
Examples
  $ migrate scripts compare
  $ migrate scripts compare --help

Exit codes: those of the command`,
      )
      .command('compare [names...]')
      .description(
        'runs each script in two scratch copies, on npm and Node and on Bun, and compares what it did',
      )
      .option('--dir <dir>', 'the folder with package.json', '.')
      .option('--on <runtime>', 'the Bun to run them on', 'bun@1.4')
      .option(
        '--today <runtime>',
        'what they run on today (default: as Dockerfile, .nvmrc, CI or engines say)',
      )
      .option(
        '--env-file <file>',
        'variables for every script; may be repeated',
        (file: string, all: string[]) => [...all, file],
        [],
      )
      .option(
        '--setup <argv>',
        'a program with arguments, run in the copy first (no shell); may be repeated',
        (text: string, all: string[]) => [...all, text],
        [],
      )
      .option('--timeout <seconds>', 'for one script', '120')
      .option('--json', 'print one JSON document (schema migrate/scripts, version 1)')
      .addHelpText(
        'after',
        `
Compared: exit code, what it prints (times, paths, pids, ports and durations replaced), the files it writes, which
tests a test runner ran, and which runtime really ran: each process says so itself, as \`bun run\` starts Node for a
program whose first line asks for it. A difference that Node also shows between two runs is not counted.
Not run: what starts the application or watches files. What may reach out of the copy (deploy, publish, databases) is
run where you name it, and then really does it, twice. Installed packages are copied, too; your files are only read.
What was found is kept in .migrate/evidence/scripts/: \`migrate plan\` and scripts-to-bun use it while the files are the same.

Examples
  $ migrate scripts compare
  $ migrate scripts compare build report --timeout 300
  $ migrate scripts compare --setup "npm run build" --env-file .env.test --json

Exit codes
  0 every script that ran did the same    1 one of them did not    2 bad usage    3 no scripts, no runtime
  7 none could be compared    130 interrupted: nothing is left`,
      )
      .action((names: string[], options: Options) =>
        run(async () => (await import('../actions/scripts.ts')).compare(io, names, options)),
      );
  },
};

export default command;
