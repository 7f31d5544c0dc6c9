import semver from 'semver';
import { z } from 'zod';
import type { RuntimePin } from '../model/inventory.ts';
import { readShipped } from '../workspace/shipped.ts';
import { readYaml } from '../workspace/yaml.ts';

const Releases = z.strictObject({
  asOf: z.string(),
  source: z.string(),
  rows: z.array(z.strictObject({ release: z.int(), ends: z.string(), longTerm: z.boolean() })),
});

/** What is started somewhere says more than the oldest release that engines allow. */
const ALLOWED: ReadonlySet<RuntimePin['source']> = new Set(['engines', 'devEngines']);

/** Pins of Node that name one release line, with when it ends; the ones that have ended first. */
export function nodeReleases(pins: readonly RuntimePin[]) {
  const { asOf, source, rows } = readYaml(
    Releases,
    'data/node-releases.yaml',
    readShipped('data/node-releases.yaml'),
  );
  const started = pins.filter(({ source: from, runtime }) => runtime === 'node' && !ALLOWED.has(from));
  const found = (started.length > 0 ? started : pins).flatMap((pin) => {
    const least = pin.runtime === 'node' && pin.range ? semver.minVersion(pin.range) : null;
    const row = rows.find(({ release }) => release === least?.major);
    return row ? [{ pin, ...row }] : [];
  });
  return { asOf, source, found: found.sort((a, b) => (a.ends < b.ends ? -1 : 1)) };
}
