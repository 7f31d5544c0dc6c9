import type { PinDisagreement, RuntimePin } from '../model/inventory.ts';
import { disagree } from './readers/version.ts';

/** Versions named in one sentence before the rest is only counted. */
const MOST_VALUES = 4;

/** Pins that one place asks for together: the versions of a CI matrix are alternatives, everything else stands alone. */
interface Place {
  pins: [RuntimePin, ...RuntimePin[]];
  label: string;
}

/**
 * One entry for each place whose version cannot be the same as another place's, with everything it contradicts; never
 * one for each pair. Aliases and variables are not judged.
 */
export function pinDisagreements(pins: readonly RuntimePin[]): PinDisagreement[] {
  const places = placesOf(pins);
  return places.flatMap((place) => {
    const against = places.filter((other) => other !== place && contradicts(place, other));
    if (against.length === 0) return [];
    const [{ runtime, location }] = place.pins;
    const values = [...new Set(against.map(({ pins: others }) => valuesOf(others)))];
    const rest = values.length - MOST_VALUES;
    const listed = values.slice(0, MOST_VALUES).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
    const where =
      against.length === 1
        ? `${against[0]?.label} says ${listed}`
        : `${against.length} other places say ${listed}`;
    return [
      {
        sentence: `${place.label} says ${runtime} ${valuesOf(place.pins)}, ${where}.`,
        locations: [location, ...against.map(({ pins: [first] }) => first.location)].filter(
          (each) => each !== null,
        ),
      },
    ];
  });
}

/** Same runtime, file and, outside CI, same value: one place. */
function placesOf(pins: readonly RuntimePin[]): Place[] {
  const places = new Map<string, Place>();
  for (const pin of pins) {
    if (pin.range === null) continue;
    const alternatives = pin.source === 'ci';
    const key = [pin.runtime, pin.source, pin.location?.file, alternatives ? '' : pin.value].join('\0');
    const known = places.get(key);
    if (known) known.pins.push(pin);
    else places.set(key, { pins: [pin], label: label(pin) });
  }
  return [...places.values()];
}

const contradicts = (one: Place, other: Place): boolean =>
  one.pins[0].runtime === other.pins[0].runtime &&
  one.pins.every((pin) => other.pins.every((each) => disagree(pin.range ?? '', each.range ?? '')));

const valuesOf = (pins: readonly RuntimePin[]): string =>
  [...new Set(pins.map(({ value }) => value))].join(' or ');

const PACKAGE_JSON = new Set<RuntimePin['source']>(['engines', 'volta', 'devEngines']);

const label = (pin: RuntimePin): string =>
  PACKAGE_JSON.has(pin.source)
    ? `${pin.location?.file ?? 'package.json'} ${pin.source}`
    : (pin.location?.file ?? pin.source);
