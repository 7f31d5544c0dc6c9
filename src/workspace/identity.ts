import { createHash } from 'node:crypto';
import type { TryIdentity } from '../model/try.ts';
import { digestFile } from './digest.ts';
import { foreignPaths, headSha } from './git.ts';
import type { Repository } from './repository.ts';

/** In the order of how often a repository that holds several means the first. */
const LOCKFILES = [
  ...['package-lock.json', 'npm-shrinkwrap.json', 'pnpm-lock.yaml', 'yarn.lock', 'bun.lock', 'bun.lockb'],
  'deno.lock',
];

/** What exactly a repository holds now. */
export async function identityOf(repository: Repository): Promise<TryIdentity> {
  const hash = createHash('sha256');
  const digests = new Map<string, string>();
  for (const path of repository.files.toSorted()) {
    const digest = await digestOf(repository.resolve(path));
    digests.set(path, digest);
    hash.update(`${path}\u0000${digest}\u0000`);
  }
  const lock = LOCKFILES.find((name) => digests.has(name));
  return {
    commit: await commitOf(repository),
    tree: hash.digest('hex'),
    lockfile: lock === undefined ? null : { file: lock, sha256: digests.get(lock) ?? '' },
  };
}

async function commitOf({ git, root }: Repository): Promise<string | null> {
  const sha = git ? await headSha(root) : null;
  if (sha === null) return null;
  return (await foreignPaths(root)).length > 0 ? `${sha}-dirty` : sha;
}

/** Of a file that git lists and that is gone from the disk, the digest of nothing. */
const digestOf = (file: string): Promise<string> =>
  digestFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    return createHash('sha256').digest('hex');
  });
