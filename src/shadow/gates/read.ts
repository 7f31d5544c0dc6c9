import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { MigrateError } from '../../model/errors.ts';
import { Gates } from '../../model/gates.ts';

/**
 * Reads `.migrate/gates.yaml`.
 *
 * @param required the user named the file; otherwise a missing one means that only the run's own verdict counts
 * @throws MigrateError GATES_INVALID naming the file and the field
 */
export function readGates(file: string, required: boolean): Gates {
  if (!existsSync(file)) {
    if (required) throw new MigrateError('GATES_INVALID', `The gates file ${file} does not exist.`);
    return Gates.parse({});
  }
  let value: unknown;
  try {
    value = parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new MigrateError(
      'GATES_INVALID',
      `${file} is not YAML: ${(error as Error).message.split('\n')[0]}`,
    );
  }
  const parsed = Gates.safeParse(value ?? {});
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new MigrateError(
    'GATES_INVALID',
    `${file} is malformed at ${issue?.path.join('.') || 'its root'}: ${issue?.message}.`,
    { hint: 'Known: defectBound, routeDefectBound, latency, memory, coverage, minDetection, routes.' },
  );
}
