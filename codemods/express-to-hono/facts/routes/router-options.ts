import type { RouterValue } from '../../../../src/workspace/express/program.ts';
import { argumentsOf } from '../../../../src/workspace/syntax/nodes.ts';
import { writtenOptions } from '../../state/written-options.ts';

/** Whether a router sees the parameters of its mount; null where it has options besides, or of unknown value. */
export function mergesParams({ creation }: Pick<RouterValue, 'creation'>): boolean | null {
  const options = writtenOptions(argumentsOf(creation)[0]);
  if (options === null || [...options.keys()].some((name) => name !== 'mergeParams')) return null;
  const value = options.get('mergeParams')?.value ?? false;
  return typeof value === 'boolean' ? value : null;
}
