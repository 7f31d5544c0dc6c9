import type { Location } from '../../src/model/location.ts';
import type { BehaviourName } from './behaviours.ts';

type Fate = 'left-out' | 'kept';

/** What `--parity idiomatic` has decided. A behaviour stays where the application's own code means it. */
export interface Idiomatic {
  routing: Fate;
  errorPage: Fate;
  /** The one parser whose place `await c.req.json()` or `parseBody()` takes; null while the parsers stay. */
  body: 'json' | 'form' | null;
  places: Map<BehaviourName, Location[]>;
  /** Why a function of the parity module stays, by its name. */
  reasons: Map<string, string>;
}

export const emptyIdiomatic = (): Idiomatic => ({
  ...{ routing: 'kept', errorPage: 'kept', body: null },
  ...{ places: new Map(), reasons: new Map() },
});
