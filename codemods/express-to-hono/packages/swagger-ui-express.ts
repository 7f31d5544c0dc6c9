import type { PackageRule } from './_contract.ts';

/** Its files come from a list of two functions: one for the page's settings, one for what is on the disk. */
const swaggerUiExpress: PackageRule = {
  name: 'swagger-ui-express',
  bridge: ({ member }) => (/^serve/.test(member) ? { by: 'bridgeList' } : {}),
  answers: /^(serve|setup)/,
  keepsNothingOut: true,
  raises: true,
  needs: ['express'],
  advice: 'use `@hono/swagger-ui`, whose page loads its files from elsewhere',
};
export default swaggerUiExpress;
