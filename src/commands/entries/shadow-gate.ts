import type { Options } from '../actions/shadow-gate.ts';
import type { CommandFile } from '../command.ts';
import { shadowGroup } from '../shadow-group.ts';

const command: CommandFile = {
  register(program, io, run) {
    shadowGroup(program)
      .command('gate [run]')
      .description('applies .migrate/gates.yaml to a finished run, for CI')
      .option(
        '--gates <file>',
        'the gates (default .migrate/gates.yaml; without one the run’s own verdict counts)',
      )
      .option('--junit <file>', 'also write routes and gates as JUnit XML')
      .option('--json', 'machine-readable result on stdout')
      .addHelpText(
        'after',
        `
The run is an id under .migrate/runs or the folder of a run; without one, the newest.

gates.yaml (all optional; shares are 0..1)
  defectBound: 0.01          defects over all traffic are below 1% at 95% confidence (299 exchanges without a difference)
  routeDefectBound: 0.05     the same on every compared route (59 exchanges each)
  latency: {quantile: p95, ratio: 1.1, floorMs: 5}
  memory: {ratio: 1.3, floorMb: 16, growthMbPerMinute: 1}   growth is known of runs with --latency
  coverage: 0.9              part of the routes that must be compared
  minDetection: 0.95         part of the planted faults that must be seen
  routes:
    GET /notes/:id: {defectBound: 0.01, required: true, latency: {ratio: 1.2}}
    GET /report: {latency: null}

Examples
  migrate shadow gate
  migrate shadow gate 2026-11-23-101500-3f9c --junit shadow.xml
  migrate shadow gate out/run --gates ci/gates.yaml --json

Exit codes: 0 PASS · 1 FAIL · 2 bad usage · 3 no such run, or the gates cannot be read · 6 INCONCLUSIVE · 7 INVALID`,
      )
      .action((given: string | undefined, options: Options) =>
        run(async () => (await import('../actions/shadow-gate.ts')).gate(io, given, options)),
      );
  },
};
export default command;
