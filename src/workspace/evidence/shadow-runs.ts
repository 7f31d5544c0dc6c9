import { basename } from 'node:path';
import type { RunReport, SideReport } from '../../model/verdict.ts';
import { keepEvidence } from './files.ts';

/** The folder of `.migrate/evidence` with what shadow runs found. */
export const SHADOW = 'shadow';

/**
 * Keeps what a whole shadow run of committed code found, without what only its report shows: samples, logs, rules.
 * A run of other files could not be held against anything later, and is not kept.
 *
 * @returns the path relative to the root; null where it is not kept
 */
export function keepRun(root: string, report: RunReport): string | null {
  if (report.interrupted || report.shards || !report.sides.new.tree) return null;
  const { effects: _effects, probes: _probes, attribution: _attribution, ...rest } = report;
  const { sides, traffic } = report;
  const kept: RunReport = {
    ...{ ...rest, cells: [], signatures: [], rules: [], notCompared: [], warnings: [] },
    calibration: { ...report.calibration, cells: [] },
    detection: { ...report.detection, faults: [] },
    sides: { old: anywhere(sides.old), new: anywhere(sides.new) },
    traffic: { ...traffic, file: basename(traffic.file) },
  };
  return keepEvidence(root, SHADOW, kept);
}

/** A side without the paths of this machine. */
const anywhere = (side: SideReport): SideReport => ({
  ...side,
  ...{ given: side.given.split(':')[0] ?? '', dir: '.' },
});
