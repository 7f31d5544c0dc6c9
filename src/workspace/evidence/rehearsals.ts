import type { Rehearsal } from '../../model/promotion.ts';
import { keepEvidence } from './files.ts';

/** The folder of `.migrate/evidence` with rehearsed ways back. */
export const ROLLBACKS = 'rollbacks';

/** Keeps what a rehearsal found. @returns the path relative to the root */
export const keepRehearsal = (root: string, found: Rehearsal): string => keepEvidence(root, ROLLBACKS, found);
