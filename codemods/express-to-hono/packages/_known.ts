import { discover } from '../../../src/workspace/discover.ts';
import type { PackageArgument } from '../../../src/workspace/express/registrations.ts';
import type { Bridging, PackageRule } from './_contract.ts';

/** What is known of packages, by name: one file each in this folder. */
export const PACKAGES: ReadonlyMap<string, PackageRule> = new Map(
  (await discover<PackageRule>(new URL('./', import.meta.url))).map((rule) => [rule.name, rule]),
);

/** How a package's middleware runs behind a bridge; a sentence where it stays, undefined where nobody compared it. */
export function bridgingOf(argument: PackageArgument): Bridging | string | undefined {
  const bridge = PACKAGES.get(argument.package)?.bridge;
  return typeof bridge === 'function' ? bridge(argument) : bridge;
}

/** What a package's middleware puts on the request. */
export function providedBy(argument: PackageArgument): readonly string[] {
  const provides = PACKAGES.get(argument.package)?.provides ?? [];
  return typeof provides === 'function' ? provides(argument) : provides;
}
