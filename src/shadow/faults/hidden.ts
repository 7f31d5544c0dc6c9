import { BODY_HIDDEN } from './hidden-bodies.ts';
import { HEADER_HIDDEN } from './hidden-headers.ts';
import { VALUE_HIDDEN } from './hidden-values.ts';

/** The regressions that a rule could take for what it explains. Each rule names its own (see `Rule.hides`). */
export const HIDDEN_FAULTS = [...VALUE_HIDDEN, ...HEADER_HIDDEN, ...BODY_HIDDEN] as const;
export type HiddenFault = (typeof HIDDEN_FAULTS)[number]['id'];
