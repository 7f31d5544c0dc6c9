import semver from 'semver';
import type { CodemodInput } from '../../../src/codemod/contract.ts';
import { packagesOf } from '../../../src/workspace/express/registrations.ts';
import { packageRelease } from '../../shared/to-hono/package-release.ts';
import { type Conversion, refuse } from '../state/conversion.ts';

const PARSER = /^(json|urlencoded|text|raw)$/;

/**
 * The version of Express whose rules the body parsers follow: body-parser 1 is that of Express 4, body-parser 2 that of
 * Express 5, whichever Express they run under. Refuses parsers of both.
 */
export async function bodyRules(input: CodemodInput, conversion: Conversion): Promise<4 | 5> {
  const { version, program } = conversion;
  const parsers = packagesOf(program).filter(({ member }) => PARSER.test(member));
  const separate = parsers.find((argument) => argument.package === 'body-parser');
  if (separate === undefined) return version;
  const release = await packageRelease(input, separate.file.path, 'body-parser');
  const rules = release === null ? version : semver.major(release) >= 2 ? 5 : 4;
  const own = parsers.find((argument) => argument.package === 'express');
  if (rules !== version && own !== undefined) {
    const reason = `this parser leaves another body than body-parser ${release} beside it`;
    refuse(conversion, conversion.workOf(own.file), own.node, 'packages/body', reason);
  }
  return rules;
}
