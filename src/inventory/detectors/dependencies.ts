import type { Dependency, NotChecked } from '../../model/inventory.ts';
import { workspaceRoot } from '../../workspace/enclosing.ts';
import type { DependencyField } from '../../workspace/package-json.ts';
import type { Detector } from '../detector.ts';
import { installedVersion } from '../installed.ts';
import { declarations, said } from '../manifests.ts';

const KINDS: Record<DependencyField, Dependency['kind']> = {
  dependencies: 'production',
  devDependencies: 'dev',
  optionalDependencies: 'optional',
  peerDependencies: 'peer',
};

const detector: Detector = {
  id: 'dependencies',
  title: 'declared, locked and installed dependencies',
  async detect({ repository, manifests, lockfiles }) {
    const dependencies = declarations(manifests).map(
      ({ manifest, field, name, range }): Dependency => ({
        ...said(manifest, field, name),
        name,
        kind: KINDS[field],
        manifest: manifest.file,
        declared: range,
        installed: installedVersion(repository.root, manifest.folder, name),
        locked:
          lockfiles.map((lock) => lock.version(name, range)).find((version) => version !== null) ?? null,
      }),
    );
    const absent = dependencies.filter(
      (dependency) => dependency.installed === null && dependency.kind !== 'peer',
    );
    const outside = elsewhere(repository.root, dependencies);
    if (absent.length === 0) return { dependencies, notChecked: outside };
    const all = absent.length === dependencies.length;
    return {
      dependencies,
      notChecked: [
        ...outside,
        {
          what: `installed versions of ${all ? 'every dependency' : `${absent.length} of ${dependencies.length} dependencies`}`,
          reason: all
            ? 'node_modules is absent; versions are those of the lockfile or package.json'
            : `not in node_modules: ${list(absent.map((dependency) => dependency.name))}`,
          location: null,
        },
      ],
    };
  },
};

/** Packages of the larger repository this one is a workspace of: their code runs here and lies outside. */
function elsewhere(root: string, dependencies: readonly Dependency[]): NotChecked[] {
  const above = workspaceRoot(root);
  if (above === null) return [];
  const names = dependencies
    .filter(({ kind, declared }) => kind === 'production' && /^(workspace|link|portal|file):/.test(declared))
    .map(({ name }) => name);
  const [first] = names;
  if (first === undefined) return [];
  return [
    {
      what: `the code of ${list(names)}`,
      reason: 'it belongs to the workspace, outside this folder; an inventory of the workspace reads it',
      location: dependencies.find(({ name }) => name === first)?.location ?? null,
    },
  ];
}

const list = (names: string[]): string =>
  names.length > 5 ? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more` : names.join(', ');

export default detector;
