import { existsSync, readFileSync } from 'node:fs';
import { MigrateError } from '../../model/errors.ts';
import { Gates } from '../../model/gates.ts';
import { readYaml } from '../../workspace/yaml.ts';

const WRONG = {
  codes: ['GATES_INVALID', 'GATES_INVALID'],
  hint: 'Known: defectBound, routeDefectBound, latency, memory, coverage, minDetection, routes, stages.',
} as const;

/**
 * Reads `.migrate/gates.yaml`.
 *
 * @param required the user named the file; otherwise a missing one means that only the run's own verdict counts
 * @param name the file as messages name it
 * @throws MigrateError GATES_INVALID naming file:line:column and the field
 */
export function readGates(file: string, required: boolean, name = file): Gates {
  if (existsSync(file)) return readYaml(Gates, name, readFileSync(file, 'utf8'), WRONG);
  if (required) throw new MigrateError('GATES_INVALID', `The gates file ${name} does not exist.`);
  return Gates.parse({});
}
