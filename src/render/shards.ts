import { MigrateError } from '../model/errors.ts';
import type { Rendering } from './contract.ts';
import { shellWord } from './words.ts';

/**
 * The shell lines of one share: what a share finds the merged run judges, so that only what stopped it from comparing fails it.
 *
 * @param index the share, from 1, as the shell writes it
 * @param before the folder with the code from before the stage
 * @param out the folder of the report
 */
export function shareLines(
  { migrate, old, new: next, traffic, writes, shards, folder }: Rendering,
  { index, before, out }: { index: string; before: string; out: string },
): string {
  return `code=0
${migrate} shadow run \\
  --old ${old}:"${before}${folder}" --new ${next}:. \\
  --traffic ${shellWord(traffic)} --writes ${writes} \\
  --shard "${index}/${shards}" --out "${out}" || code=$?
case $code in 0|1|6) ;; *) exit $code ;; esac
`;
}

/** The shell lines that put the shares together; their exit code is the verdict. */
export const mergeLines = ({ migrate, shards }: Rendering, folder: string): string =>
  `${migrate} shadow merge ${Array.from({ length: shards }, (_, i) => `"${folder}/${i + 1}"`).join(' ')} --out "${folder}/all"\n`;

/** The shell lines that put the code from before the stage into a folder, with its packages. */
export const beforeLines = ({ before, install, folder }: Rendering, into: string): string =>
  `git worktree add --detach "${into}" ${before}
${install === null ? '' : `(cd "${into}${folder}" && ${install})\n`}`;

/** @throws MigrateError where git does not say where the code is to be had */
export function repositoryOf({ repository }: Rendering): string {
  if (repository !== null) return repository;
  throw new MigrateError('NO_REMOTE', 'git has no remote "origin" here, and the job must get the code.', {
    hint: 'Give --repository <url>.',
  });
}
