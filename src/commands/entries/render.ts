import type { Options } from '../actions/render.ts';
import type { CommandFile } from '../command.ts';

const command: CommandFile = {
  register(program, io, run) {
    program
      .command('render <kind> <stage>')
      .description('writes files for other engines from the gates: canaries, and shadow runs that are split')
      .option('--out <file>', 'where it is written, inside the repository (default: see below)')
      .option('--stdout', 'print it and write nothing')
      .option('--force', 'write over a file that holds something else')
      .option('--name <name>', 'of the deployment, or of the jobs (default: the name in package.json)')
      .option('--rate <n>', 'requests a second in production: how long each share of the traffic lasts')
      .option('--p99 <ms>', 'the 99th percentile in production today, which Flagger is told')
      .option('--port <n>', 'the port of the service, which Flagger is told', '80')
      .option('--shards <n>', 'into how many shares a shadow run is split', '4')
      .option(
        '--traffic <file>',
        'what a shadow run sends (default traffic.har where git has it, else "routes")',
      )
      .option('--writes <mode>', 'isolated: also send requests that change data, to copies', 'refused')
      .option(
        '--image <image>',
        'the image of the pods (default node:<major>-bookworm); pin it by its digest',
      )
      .option('--repository <url>', 'where the pods get the code (default: git’s origin)')
      .option('--dir <dir>', 'the repository', '.')
      .option('--json', 'print one JSON document (schema migrate/rendered, version 1)')
      .addHelpText(
        'after',
        `
Kinds, and the file each is written to
  canary-argo         deploy/canary-argo.yaml               Argo Rollouts, watched by Prometheus
  canary-flagger      deploy/canary-flagger.yaml            Flagger, by its builtin checks
  canary-workers      deploy/canary-workers.sh              gradual deployments of Workers
  shadow-actions      .github/workflows/migrate-shadow.yml  a shadow run over a matrix of GitHub Actions
  shadow-kubernetes   deploy/shadow-job.yaml                a shadow run over an Indexed Job

The margins are those of the stage in .migrate/gates.yaml. Without --rate each share of the traffic waits for a person.
The shares of a split run merge into the report that one run would have given; its verdict is the exit code.

Examples
  $ migrate render canary-argo full-switch --rate 40
  $ migrate render canary-flagger full-switch --p99 180 --port 8080
  $ migrate render shadow-actions full-switch --shards 8 --writes isolated
  $ migrate render shadow-kubernetes full-switch --stdout

Exit codes
  0 written   2 no such kind or stage, a wrong option
  3 no plan, no gates, uncommitted changes, traffic that git has not, a file that is there already`,
      )
      .action((kind: string, stage: string, options: Options) =>
        run(async () => (await import('../actions/render.ts')).render(io, kind, stage, options)),
      );
  },
};
export default command;
