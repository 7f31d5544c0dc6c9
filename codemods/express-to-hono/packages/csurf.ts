import type { PackageRule, Use } from './_contract.ts';
import { givenOptions } from './_options.ts';

/** Source: csurf 1.11. Its option `value` is handed the request, `sessionKey` names another member of it. */
function connects(use: Use): readonly [] | string {
  if (!use.release?.startsWith('1.')) return `csurf ${use.release} was not compared`;
  const found = givenOptions(use, use.args[0]);
  if (found === null) return 'its options are not written out';
  const other = [...found.options.keys()].find(
    (key) => !/^(cookie|ignoreMethods|saltLength|secretLength)$/.test(key),
  );
  return other === undefined ? [] : `its option \`${other}\` was not compared`;
}

const csurf: PackageRule = {
  name: 'csurf',
  bridge: {},
  provides: ['csrfToken'],
  saves: ['csrfToken'],
  connects,
  raises: true,
  advice: 'use `hono/csrf`, which checks where a request comes from and has no token',
};
export default csurf;
