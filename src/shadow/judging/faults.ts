import { ANSWER_FAULTS } from '../faults/answers.ts';
import { HIDDEN_FAULTS } from '../faults/hidden.ts';
import { ANSWER_HIDDEN } from '../faults/hidden-answers.ts';
import type { Fault } from '../faults/plant.ts';

/** Every fault that is planted into the answers of a run. */
export const FAULTS: readonly Fault[] = [...ANSWER_FAULTS, ...HIDDEN_FAULTS, ...ANSWER_HIDDEN];
