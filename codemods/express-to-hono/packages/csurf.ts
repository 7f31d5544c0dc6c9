import { constantOf } from '../state/constants.ts';
import { writtenOptions } from '../state/written-options.ts';
import type { PackageRule, Use } from './_contract.ts';

/** Source: csurf 1.11. Its option `value` is handed the request, `sessionKey` names another member of it. */
function connects({ args: [given], work, release }: Use): readonly [] | string {
  if (!release?.startsWith('1.')) return `csurf ${release} was not compared`;
  const options = writtenOptions(given === undefined ? undefined : constantOf(work, given));
  if (options === null) return 'its options are not written in this file';
  const other = [...options.keys()].find(
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
