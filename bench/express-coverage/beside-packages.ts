import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runCodemod } from '../../src/codemod/runner.ts';
import { repositoryRoot } from './repository-root.ts';

/** Where cases seem to be: the packages that this repository has are theirs, and what is read in their code is. */
const CASE_ROOT = join(repositoryRoot(), 'codemods', 'case');

/** Runs a codemod on a case as if the case stood in this repository; one that is written to a folder stays there. */
export const runBesidePackages: typeof runCodemod = (codemod, input) =>
  runCodemod(codemod, {
    ...input,
    repository: existsSync(input.repository.root)
      ? input.repository
      : { ...input.repository, root: CASE_ROOT },
  });
