import type { PackageManager } from '../../model/inventory.ts';
import type { Detector } from '../detector.ts';
import { said, withAbove } from '../manifests.ts';

const NAMES = ['npm', 'yarn', 'pnpm', 'bun', 'deno'] as const;

const detector: Detector = {
  id: 'package-manager',
  title: 'the package manager',
  async detect({ repository, manifests, lockfiles }) {
    const all = withAbove(repository, manifests);
    const root = all.find(({ raw }) => typeof raw.packageManager === 'string') ?? all[0];
    const field = root?.raw.packageManager;
    const declared = typeof field === 'string' ? /^([a-z]+)@([^+\s]+)/.exec(field) : null;
    const name = NAMES.find((item) => item === declared?.[1]) ?? null;
    const managers = [...new Set(lockfiles.map((lock) => lock.lockfile.manager))];
    const conflicts: string[] = [];
    if (managers.length > 1) {
      const files = lockfiles.map((lock) => lock.lockfile.file).join(', ');
      conflicts.push(`Lockfiles of ${managers.length} package managers: ${files}. Only one can be current.`);
    }
    if (name && managers.length > 0 && !managers.includes(name)) {
      conflicts.push(`packageManager says ${name}, but the lockfile is ${managers.join(' and ')}'s.`);
    }
    const packageManager: PackageManager = {
      name: name ?? (managers.length === 1 ? (managers[0] ?? null) : null),
      version: name ? (declared?.[2] ?? null) : null,
      declared: root && name ? said(root, 'packageManager') : null,
      lockfiles: lockfiles.map((lock) => lock.lockfile),
      conflicts,
    };
    return {
      packageManager,
      notChecked: lockfiles
        .filter((lock) => lock.unread !== null)
        .map((lock) => ({
          what: `${lock.lockfile.file}: locked versions`,
          reason: lock.unread ?? '',
          location: lock.lockfile.location,
        })),
    };
  },
};

export default detector;
