import type { Monitoring } from '../../model/monitoring.ts';
import { keepEvidence } from './files.ts';

/** The folder of `.migrate/evidence` with what collectors were told. */
export const MONITORING = 'monitoring';

/** Keeps what a collector was told. @returns the path relative to the root */
export const keepMonitoring = (root: string, found: Monitoring): string =>
  keepEvidence(root, MONITORING, found);
