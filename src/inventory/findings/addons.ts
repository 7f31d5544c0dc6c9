import type { NativeAddon } from '../../model/inventory.ts';
import type { RepositoryLook } from './repository-rule.ts';

/** Compiled code that production loads: of packages that the application imports, or that such a package brings. */
export function addonsInProduction({ facts, packages }: RepositoryLook): NativeAddon[] {
  const isLoaded = (name: string): boolean =>
    packages.has(name) &&
    facts.dependencies.some(
      ({ name: own, kind }) => own === name && (kind === 'production' || kind === 'optional'),
    );
  return facts.nativeAddons.filter(({ package: name, signs }) => {
    const via = signs.map((sign) => /^brought by (.+)$/.exec(sign)?.[1]).find(Boolean);
    return isLoaded(via ?? name);
  });
}
