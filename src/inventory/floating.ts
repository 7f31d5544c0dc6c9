import type { Deployment, FloatingVersion, RuntimePin } from '../model/inventory.ts';
import { runtimeImage } from './readers/dockerfile.ts';
import { pinRange } from './readers/version.ts';

const VERSION_FILES = new Set<RuntimePin['source']>([
  '.nvmrc',
  '.node-version',
  '.tool-versions',
  'mise',
  'volta',
]);

/**
 * The images and version names that mean another version later. An image floats unless its tag names a patch release or a
 * digest. A version file or CI input floats when it names no version at all (`lts/*`, `latest`): `20` there is a choice
 * everybody reads as such.
 */
export function floatingVersions(
  pins: readonly RuntimePin[],
  deployment: readonly Deployment[],
): FloatingVersion[] {
  const found: FloatingVersion[] = [];
  const images = new Set<string>();
  for (const { kind, file: _, value, ...evidence } of deployment) {
    if (kind !== 'image') continue;
    images.add(placeOf(evidence));
    const within = imageRange(value);
    if (within !== undefined) found.push({ ...evidence, source: 'image', value, within });
  }
  for (const { source, value: written, range, runtime, ...evidence } of pins) {
    if (range !== null || written.includes('$') || images.has(placeOf(evidence))) continue;
    const value = `${runtime} ${written}`;
    if (source === 'ci') found.push({ ...evidence, source, value, within: null });
    else if (VERSION_FILES.has(source))
      found.push({ ...evidence, source: 'version-file', value, within: null });
  }
  return found;
}

const placeOf = ({ location }: Pick<Deployment, 'location'>): string => JSON.stringify(location);

/** The version an image's tag stays within, null for any; undefined when it does not float or cannot be judged. */
function imageRange(image: string): string | null | undefined {
  if (image.includes('$') || image.includes('@sha256:') || image === 'scratch') return undefined;
  const tag = /:([^/]+)$/.exec(image)?.[1] ?? 'latest';
  if (/^v?\d+\.\d+\.\d+/.test(tag)) return undefined;
  const range = pinRange(tag);
  // What else runs beside the application floats only where it names no version: `postgres:16` is a choice.
  if (!runtimeImage(image)) return /\d/.test(tag) ? undefined : null;
  // Distroless images carry the version in their name.
  return range ?? /nodejs(\d+)/.exec(image)?.[1] ?? null;
}
