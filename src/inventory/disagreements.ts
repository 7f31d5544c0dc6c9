import type { PinDisagreement, RuntimePin } from '../model/inventory.ts';
import { disagree } from './readers/version.ts';

/** Pairs of places that ask for versions of one runtime that cannot be the same. Aliases and variables are not judged. */
export function pinDisagreements(pins: readonly RuntimePin[]): PinDisagreement[] {
  const found: PinDisagreement[] = [];
  for (const [index, one] of pins.entries()) {
    for (const other of pins.slice(index + 1)) {
      if (one.runtime !== other.runtime || one.range === null || other.range === null) continue;
      // A CI matrix tests several versions on purpose, as one file.
      if (one.location?.file === other.location?.file && one.source === 'ci') continue;
      if (!disagree(one.range, other.range)) continue;
      found.push({
        sentence: `${label(one)} says ${one.runtime} ${one.value}, ${label(other)} says ${other.value}.`,
        locations: [one.location, other.location].filter((location) => location !== null),
      });
    }
  }
  return found;
}

const label = (pin: RuntimePin): string =>
  ['engines', 'volta', 'devEngines'].includes(pin.source)
    ? `package.json ${pin.source}`
    : (pin.location?.file ?? pin.source);
