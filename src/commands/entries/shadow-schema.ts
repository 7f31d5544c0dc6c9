import { z } from 'zod';
import { Aggregate } from '../../model/aggregate.ts';
import { MigrateError } from '../../model/errors.ts';
import { ExitCode } from '../../model/exit.ts';
import { GateReport, Gates } from '../../model/gates.ts';
import { LatencySection } from '../../model/latency.ts';
import { RunReport } from '../../model/verdict.ts';
import type { CommandFile } from '../command.ts';
import { shadowGroup } from '../shadow-group.ts';

const SCHEMAS: Record<string, z.ZodType> = {
  report: RunReport,
  aggregate: Aggregate,
  gate: GateReport,
  gates: Gates,
  latency: LatencySection,
};

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
        run(async () => {
          const schema = SCHEMAS[what];
          if (!schema)
            throw new MigrateError(
              'USAGE',
              `There is no document "${what}": ${Object.keys(SCHEMAS).join(', ')}.`,
              {
                exitCode: ExitCode.usage,
              },
            );
          io.document({
            ...{ schema: `migrate/json-schema/${what}`, version: 1 },
            ...z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' }),
          });
          return ExitCode.ok;
        }),
      );
  },
};
export default command;
