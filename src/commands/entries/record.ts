import type { Options } from '../actions/record.ts';
import type { CommandFile } from '../command.ts';

const command: CommandFile = {
  register(program, io, run) {
    program
      .command('record')
      .description('records real traffic: a proxy on this machine in front of the application')
      .requiredOption('--upstream <url>', 'the application, as in http://127.0.0.1:3000')
      .option('--port <port>', 'where the proxy listens on 127.0.0.1 (0: any free port)', '0')
      .option('--name <name>', 'name of the recording; one that exists is continued (default: date and time)')
      .option('--max-body <size>', 'longer bodies pass and are not kept, as in 512k or 8m', '8m')
      .option('--for <seconds>', 'end by itself after this time (default: until Ctrl-C)')
      .option('--dir <dir>', 'the repository whose .migrate folder is written to', '.')
      .option(
        '--json',
        'the summary as one JSON document on stdout (schema migrate/recording-summary, version 1)',
      )
      .addHelpText(
        'after',
        `
Requests and answers stream through unchanged. Secrets (Authorization, cookies, tokens, fields such as "password")
are replaced by keyed tags before anything is written; .migrate/redact.yaml adds to what counts as a secret.

Examples
  $ migrate record --upstream http://127.0.0.1:3000
  $ migrate record --upstream http://127.0.0.1:3000 --port 8080 --name tuesday
  $ migrate record --upstream http://127.0.0.1:3000 --max-body 64m --for 3600 --json

Exit codes
  0 recorded    2 bad usage    3 the port is taken, the recording is in use, or the disk refused
  7 no exchange was recorded`,
      )
      .action((options: Options) =>
        run(async () => (await import('../actions/record.ts')).record(io, options)),
      );
  },
};
export default command;
