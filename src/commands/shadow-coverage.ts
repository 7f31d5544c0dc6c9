import type { Command as Program } from 'commander';
import type { Io } from '../report/io.ts';
import type { Options } from './actions/shadow-coverage.ts';
import type { Run } from './command.ts';

/** Adds `migrate shadow coverage`. */
export function registerCoverage(shadow: Program, io: Io, run: Run): void {
  shadow
    .command('coverage')
    .description('which routes recorded traffic reaches, with which statuses, and which it does not')
    .requiredOption('--traffic <path>', 'the traffic: a file, a recording, or the word "routes"')
    .option('--dir <dir>', 'the application, for its routes', '.')
    .option('--json', 'one JSON document on stdout (schema migrate/shadow-coverage, version 1)')
    .addHelpText(
      'after',
      `
Traffic is recognised by its content:
  .migrate/recordings/<name>   what \`migrate record\` wrote
  *.har                        HAR 1.2 of Chrome, Firefox, Safari, Playwright
  access.log                   combined format, or one JSON object a line (GET, HEAD and OPTIONS can be sent)
  openapi.yaml, openapi.json   OpenAPI 3: one request an operation, from examples and schemas
  collection.json              Postman collection v2.1
  requests.gor                 GoReplay
  routes                       made up for every route of the application: its success and its edges

Examples
  $ migrate shadow coverage --traffic .migrate/recordings/tuesday
  $ migrate shadow coverage --traffic routes --dir services/api
  $ migrate shadow coverage --traffic access.log --json | jq '.routes[] | select(.covered | not) | .route'

Exit codes
  0 every route is reached    1 some routes are UNCOVERED    2 bad usage
  3 the traffic cannot be read    7 it holds no exchange, or no route is known`,
    )
    .action((options: Options) =>
      run(async () => (await import('./actions/shadow-coverage.ts')).coverage(io, options)),
    );
}
