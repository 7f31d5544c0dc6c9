import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { z } from 'zod';

/** What is installed: each package, and which release each gets of what it asks for. */
export interface Tree {
  /** `ms@2.1.3`. */
  packages: ReadonlySet<string>;
  /** `debug@4.4.3 gets ms@2.1.3`; of the project itself `package.json gets …`. */
  relations: ReadonlySet<string>;
  /** Packages whose install would run a script of their own, by name. */
  scripted: ReadonlySet<string>;
  /** A digest of what each package holds. */
  contents: ReadonlyMap<string, string>;
}

const Ranges = z.record(z.string(), z.string()).catch({}).default({});
const Installed = z.object({
  ...{ name: z.string().catch(''), version: z.string().catch('') },
  ...{
    dependencies: Ranges,
    devDependencies: Ranges,
    optionalDependencies: Ranges,
    peerDependencies: Ranges,
  },
  scripts: Ranges,
});
type Installed = z.infer<typeof Installed>;

const read = (folder: string): Installed | null => {
  try {
    return Installed.parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')));
  } catch {
    return null;
  }
};

/**
 * Reads what was really installed, whatever the layout: names are looked up from each package's own folder, as Node.js does.
 *
 * @param own folders of the project and its workspaces, relative to the root
 */
export function readTree(root: string, own: readonly string[]): Tree {
  const [packages, relations, scripted] = [new Set<string>(), new Set<string>(), new Set<string>()];
  const contents = new Map<string, string>();
  const home = realpathSync(root);
  const start = own.map((folder) => realpathSync(join(home, folder)));
  const mine = new Set(start);
  const seen = new Set(start);
  for (const folder of seen) {
    const found = read(folder);
    if (!found) continue;
    const isMine = mine.has(folder);
    const id = `${found.name}@${found.version}`;
    if (!isMine) {
      packages.add(id);
      contents.set(id, digest(folder));
      if (runsScript(folder, found)) scripted.add(found.name);
    }
    const who = isMine ? [folder.slice(home.length + 1), 'package.json'].filter(Boolean).join('/') : id;
    const asked = {
      ...{ ...found.peerDependencies, ...found.optionalDependencies, ...found.dependencies },
      ...(isMine && found.devDependencies),
    };
    for (const name of Object.keys(asked)) {
      const target = lookUp(folder, name, home);
      if (target === null) continue;
      const given = read(target);
      if (given) relations.add(`${who} gets ${given.name}@${mine.has(target) ? 'workspace' : given.version}`);
      seen.add(target);
    }
  }
  return { packages, relations, scripted, contents };
}

/** The folder that a name means in another one; null where it is not installed, as what is for other platforms. */
function lookUp(from: string, name: string, home: string): string | null {
  for (let folder = from; folder.startsWith(home); folder = dirname(folder)) {
    const found = join(folder, 'node_modules', name);
    if (existsSync(join(found, 'package.json'))) return realpathSync(found);
    if (folder === home) return null;
  }
  return null;
}

const runsScript = (folder: string, { scripts }: Installed): boolean =>
  ['preinstall', 'install', 'postinstall'].some((name) => scripts[name] !== undefined) ||
  existsSync(join(folder, 'binding.gyp'));

/** Of names and bytes; what managers write beside a package is left out. */
function digest(folder: string): string {
  const hash = createHash('sha256');
  const walk = (path: string) => {
    const entries = readdirSync(join(folder, path), { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (/^(?:node_modules|\.bun-tag.*|\.yarn.*|\.bin)$/.test(entry.name)) continue;
      const inside = path === '' ? entry.name : `${path}${sep}${entry.name}`;
      if (entry.isDirectory()) walk(inside);
      else if (entry.isFile())
        hash
          .update(inside)
          .update('\0')
          .update(readFileSync(join(folder, inside)));
    }
  };
  walk('');
  return hash.digest('hex');
}

/** In what two trees differ, one sentence each. */
export function differences(before: Tree, after: Tree): string[] {
  const gone = [...before.packages].filter((each) => !after.packages.has(each));
  const added = [...after.packages].filter((each) => !before.packages.has(each));
  const moved = gone.flatMap((each) => {
    const to = added.find((other) => nameOf(other) === nameOf(each));
    return to ? [{ from: each, to }] : [];
  });
  const given = (tree: Tree) =>
    new Map([...tree.relations].map((each) => [each.replace(/@[^@]*$/, ''), each.replace(/^.* gets /, '')]));
  const [then, now] = [given(before), given(after)];
  const versions = new Set(moved.flatMap(({ from, to }) => [from, to]));
  const others = [...then].flatMap(([who, what]) => {
    const other = now.get(who);
    const asker = who.replace(/ gets .*$/, '');
    return other !== undefined && other !== what && !versions.has(what) && !versions.has(asker)
      ? [`${asker} gets ${other} in place of ${what}`]
      : [];
  });
  const changed = [...before.contents].filter(
    ([id, hash]) => after.contents.has(id) && after.contents.get(id) !== hash,
  );
  return [
    ...moved.map(({ from, to }) => `${from} becomes ${to}`),
    ...gone.filter((each) => !versions.has(each)).map((each) => `${each} is not installed any more`),
    ...added.filter((each) => !versions.has(each)).map((each) => `${each} is installed in addition`),
    ...others,
    ...changed.map(([id]) => `${id} holds other files`),
  ].sort();
}

const nameOf = (id: string): string => id.slice(0, id.lastIndexOf('@'));
