import type { Difference, DifferenceKind, Severity } from '../../model/comparison.ts';

/** A difference before redaction: full values, and `exact`, the location with array indices kept. */
export interface Found extends Difference {
  exact: string;
}

const SEVERITY: Record<DifferenceKind, Severity> = {
  transport: 'breaking',
  status: 'breaking',
  reason: 'cosmetic',
  'header-missing': 'changed',
  'header-added': 'changed',
  'header-value': 'changed',
  'header-order': 'cosmetic',
  'header-case': 'cosmetic',
  'cookie-missing': 'breaking',
  'cookie-added': 'changed',
  'cookie-value': 'changed',
  redirect: 'breaking',
  'json-missing': 'breaking',
  'json-added': 'changed',
  'json-type': 'breaking',
  'json-value': 'changed',
  'json-reorder': 'changed',
  'json-bytes': 'cosmetic',
  text: 'changed',
  stack: 'cosmetic',
  binary: 'breaking',
  encoding: 'cosmetic',
  stream: 'changed',
  truncated: 'breaking',
  identity: 'breaking',
  latency: 'changed',
  'effect-missing': 'breaking',
  'effect-added': 'changed',
  'effect-changed': 'breaking',
  probe: 'changed',
};

/** Makes a difference. `exact` may hold indices (`body.rows[3].id`); the location folds them to `[]`. */
export function found(kind: DifferenceKind, exact: string, old: string | null, next: string | null): Found {
  return { kind, exact, location: exact.replace(/\[\d+\]/g, '[]'), severity: SEVERITY[kind], old, new: next };
}
