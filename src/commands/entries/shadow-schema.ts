import type { CommandFile } from '../command.ts';
import { shadowGroup } from '../shadow-group.ts';

const command: CommandFile = {
  register(program, io, run) {
    shadowGroup(program)
      .command('schema [what]')
      .description('prints the JSON schema of a report')
      .addHelpText(
        'after',
        `
What: report (report.json, default), aggregate (aggregate.json), gate (\`shadow gate --json\`), gates (gates.yaml),
latency (the part of a report that --latency adds).

Examples
  migrate shadow schema > report.schema.json
  migrate shadow schema gates

Exit codes: 0 · 2 there is no such document`,
      )
      .action((what = 'report') =>
        run(async () => (await import('../actions/shadow-schema.ts')).schema(io, what)),
      );
  },
};
export default command;
