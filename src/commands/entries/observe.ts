import type { Options } from '../actions/observe.ts';
import type { CommandFile } from '../command.ts';

const command: CommandFile = {
  register(program, io, run) {
    program
      .command('observe')
      .description(
        'what monitoring receives of both sides: spans, errors, logs and metrics, by name and number',
      )
      .option('--old <side>', 'today: runtime[:folder] (default: as Dockerfile, .nvmrc, CI or engines say)')
      .option('--new <side>', 'the new one: runtime[:folder], as in bun:. or node@24:../new')
      .option('--traffic <file>', 'recorded traffic, or "routes": requests made from the routes', 'routes')
      .option(
        '--writes <mode>',
        'isolated: also send requests that change data; the sides must have state of their own',
        'refused',
      )
      .option('--old-entry <file>', 'the file that production starts, relative to the folder of the old side')
      .option('--new-entry <file>', 'the same for the new side')
      .option(
        '--env-file <file>',
        'variables for both sides; may be repeated',
        (file: string, all: string[]) => [...all, file],
        [],
      )
      .option('--wait <ms>', 'how long a side may take to send what it has', '8000')
      .option('--timeout <ms>', 'for one answer', '5000')
      .option('--start-timeout <ms>', 'for a side to answer its first request', '35000')
      .option('--json', 'print one JSON document (schema migrate/monitoring, version 1)')
      .addHelpText(
        'after',
        `
Starts a collector on 127.0.0.1, then today's side twice and the new one once, each in a copy of its own, and asks each the same
requests. The collector reads OTLP over HTTP (JSON and protobuf), envelopes of Sentry, and StatsD over UDP. Both sides are told where
it is by OTEL_EXPORTER_OTLP_ENDPOINT, STATSD_HOST and STATSD_PORT, DD_AGENT_HOST and DD_DOGSTATSD_PORT, and by SENTRY_DSN where the
application has one. Names, numbers and parents are compared; what today's side does not repeat is no difference. gRPC and the own
protocols of Datadog, New Relic and Elastic are not read, which is said. A DSN that stands in the code leads to the real project.
Kept in .migrate/evidence/monitoring/, where the gate \`observability: seen\` of \`migrate promote\` reads it.

Examples
  $ migrate observe --new bun
  $ migrate observe --old node@22:../before --new bun@1.4:. --traffic traffic.har --env-file .env.test
  $ migrate observe --new deno --json

Exit codes
  0 everything that arrives of today's side arrives of the new one   1 something does not   2 bad usage
  3 a side does not start   6 nothing arrived, so nothing was compared   7 there was nothing to ask   130 interrupted`,
      )
      .action((options: Options) =>
        run(async () => (await import('../actions/observe.ts')).observeCommand(io, options)),
      );
  },
};

export default command;
