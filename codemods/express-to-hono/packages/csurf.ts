import type { PackageRule } from './_contract.ts';

const csurf: PackageRule = {
  name: 'csurf',
  bridge: {},
  provides: ['csrfToken'],
  advice: 'use `hono/csrf`, which checks where a request comes from and has no token',
};
export default csurf;
