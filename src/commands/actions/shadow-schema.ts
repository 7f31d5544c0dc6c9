import { z } from 'zod';
import { Aggregate } from '../../model/aggregate.ts';
import { ExitCode } from '../../model/exit.ts';
import { GateReport, Gates } from '../../model/gates.ts';
import { LatencySection } from '../../model/latency.ts';
import { RunReport } from '../../model/verdict.ts';
import type { Io } from '../../report/io.ts';
import { usage } from '../usage.ts';

const SCHEMAS: Record<string, z.ZodType> = {
  report: RunReport,
  aggregate: Aggregate,
  gate: GateReport,
  gates: Gates,
  latency: LatencySection,
};

/** `migrate shadow schema`. @throws MigrateError USAGE when there is no such document */
export function schema(io: Io, what: string): ExitCode {
  const found = SCHEMAS[what];
  if (!found) throw usage(`There is no document "${what}": ${Object.keys(SCHEMAS).join(', ')}.`);
  io.document({
    ...{ schema: `migrate/json-schema/${what}`, version: 1 },
    ...z.toJSONSchema(found, { unrepresentable: 'any', io: 'input' }),
  });
  return ExitCode.ok;
}
