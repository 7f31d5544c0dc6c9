import type { Location } from '../../../src/model/location.ts';
import type { BehaviourName } from './behaviours.ts';

type Fate = 'left-out' | 'kept';

/** What `--parity idiomatic` has decided. A behaviour stays where the application's own code means it. */
export interface Idiomatic {
  routing: Fate;
  errorPage: Fate;
  /** Blocks of the parity module that are taken as Express did it, byte for byte. */
  whole: Set<string>;
  /** Headers that are one list on one line where they were several. */
  headers: Set<string>;
  places: Map<BehaviourName, Location[]>;
  /** Why a function of the parity module stays, by its name. */
  reasons: Map<string, string>;
}

export const emptyIdiomatic = (whole: readonly string[] = []): Idiomatic => ({
  ...{ routing: 'kept', errorPage: 'kept', whole: new Set(whole), headers: new Set() },
  ...{ places: new Map(), reasons: new Map() },
});
