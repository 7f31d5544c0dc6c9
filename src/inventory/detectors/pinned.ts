import { parseDocument } from 'yaml';
import type { Pinned } from '../../model/inventory.ts';
import type { Repository } from '../../workspace/repository.ts';
import type { Detector } from '../detector.ts';
import { evidenceAt } from '../evidence.ts';
import { isRecord, type Manifest, said, stringEntries, withAbove } from '../manifests.ts';

/** A field of package.json that forces versions or names patches, and whose it is. */
const FIELDS: { path: string[]; kind: Pinned['kind']; by: Pinned['by'] }[] = [
  { path: ['overrides'], kind: 'override', by: 'npm' },
  { path: ['resolutions'], kind: 'override', by: 'yarn' },
  { path: ['pnpm', 'overrides'], kind: 'override', by: 'pnpm' },
  { path: ['pnpm', 'patchedDependencies'], kind: 'patch', by: 'pnpm' },
  { path: ['patchedDependencies'], kind: 'patch', by: 'bun' },
];

const detector: Detector = {
  id: 'pinned',
  title: 'patches and overrides',
  async detect({ repository, manifests }) {
    return {
      pinned: [
        ...withAbove(repository, manifests).flatMap(fromManifest),
        ...(await fromPnpmWorkspace(repository)),
        ...(await fromPatchPackage(repository, manifests)),
      ],
    };
  },
};

function fromManifest(manifest: Manifest): Pinned[] {
  const found: Pinned[] = [];
  for (const { path, kind, by } of FIELDS) {
    let value: unknown = manifest.raw;
    for (const key of path) value = isRecord(value) ? value[key] : undefined;
    for (const { names, value: forced } of leaves(value)) {
      // `resolutions` is also where yarn writes `patch:`, its way to name a patched package.
      const patch = kind === 'patch' || forced.startsWith('patch:');
      found.push({
        ...said(manifest, ...path, ...names),
        kind: patch ? 'patch' : 'override',
        package: names.filter((name) => name !== '.').join(' > '),
        by,
        value: forced,
      });
    }
  }
  for (const field of ['dependencies', 'devDependencies', 'optionalDependencies']) {
    for (const [name, range] of stringEntries(manifest.raw[field])) {
      if (range.startsWith('patch:'))
        found.push({
          ...said(manifest, field, name),
          kind: 'patch',
          package: name,
          by: 'yarn',
          value: range,
        });
    }
  }
  return found;
}

/** npm nests overrides (`{ "foo": { "bar": "1" } }`); the others are flat. */
function leaves(value: unknown, names: string[] = []): { names: string[]; value: string }[] {
  if (typeof value === 'string') return [{ names, value }];
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) => leaves(inner, [...names, name]));
}

/** pnpm 10 keeps `overrides` and `patchedDependencies` in its workspace file. */
async function fromPnpmWorkspace(repository: Repository): Promise<Pinned[]> {
  const file = 'pnpm-workspace.yaml';
  const text = repository.has(file) ? await repository.read(file) : null;
  if (text === null) return [];
  const document = parseDocument(text);
  // pnpm takes nothing from a broken one, and what is left of it may take for ever to be made an object.
  if (document.errors.length > 0) return [];
  const found: Pinned[] = [];
  for (const [field, kind] of [
    ['overrides', 'override'],
    ['patchedDependencies', 'patch'],
  ] as const) {
    const values: unknown = document.toJS()?.[field];
    for (const [name, value] of stringEntries(values)) {
      const node = document.getIn([field, name], true);
      const offset = isRecord(node) && Array.isArray(node.range) ? Number(node.range[0]) : 0;
      found.push({ ...evidenceAt(file, text, offset, 'read'), kind, package: name, by: 'pnpm', value });
    }
  }
  return found;
}

/** `patches/qs+6.11.0.patch`, applied by patch-package after each install. */
async function fromPatchPackage(repository: Repository, manifests: readonly Manifest[]): Promise<Pinned[]> {
  const folders = manifests
    .filter(({ raw }) =>
      stringEntries(raw.scripts).some(([, command]) => /(^|[\s;&|/])patch-package($|[\s;&|])/.test(command)),
    )
    .map(({ folder, raw }) => {
      const command = stringEntries(raw.scripts).find(([, text]) => text.includes('--patch-dir'))?.[1];
      const dir = /--patch-dir[= ](\S+)/.exec(command ?? '')?.[1]?.replace(/\/$/, '') ?? 'patches';
      return [folder, dir].filter(Boolean).join('/');
    });
  return repository.files.flatMap((file): Pinned[] => {
    const folder = folders.find((each) => file.startsWith(`${each}/`));
    const name = folder && /\/([^/]+)\.patch$/.exec(file)?.[1];
    if (!name?.includes('+')) return [];
    // `@scope+name+1.0.0`, `outer++inner+1.0.0`; what follows a second version is a sequence of patches.
    const parts = name.split('++').at(-1)?.split('+') ?? [];
    const scoped = parts[0]?.startsWith('@') ?? false;
    const packageName = parts.slice(0, scoped ? 2 : 1).join('/');
    const version = parts[scoped ? 2 : 1] ?? '';
    return [
      {
        location: { file, line: 1, column: 1 },
        known: 'read',
        kind: 'patch',
        package: [packageName, version].filter(Boolean).join('@'),
        by: 'patch-package',
        value: file,
      },
    ];
  });
}

export default detector;
