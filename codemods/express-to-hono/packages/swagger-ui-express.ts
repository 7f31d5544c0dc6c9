import { spanOf } from '../state/conversion.ts';
import type { Native, PackageRule, Use } from './_contract.ts';
import { givenOptions, writtenValue } from './_options.ts';

/** Options of its page that mean the same to ours. */
const OPTIONS = /^(explorer|custom(SiteTitle|Css|CssUrl|Js|favIcon)|swaggerUrls?|swaggerOptions)$/;

/** What its script does with Swagger UI once that is there. */
const AFTERWARDS = /^(oauth|preauthorizeApiKey|authAction)$/;

/** Not `@hono/swagger-ui`, whose page loads Swagger UI from another host: a policy for scripts, or no network, keeps it empty. */
const why = '`@hono/swagger-ui` loads Swagger UI from another host';

function native(use: Use): Native | string {
  const { args, member, isAssigned, target } = use;
  if (target === 'workers') return 'its files are on a disk, and a Worker has none: use `@hono/swagger-ui`';
  if (isAssigned('swaggerDoc')) return 'a request brings its own description (`req.swaggerDoc`)';
  if (member === 'serve')
    return {
      ...{ from: 'parity', name: 'swaggerFiles', why },
      ...{ args: () => [], leavesOut: { behaviour: 'file' as const } },
    };
  const [description, given, ...more] = args;
  if (member !== 'setup' || description === undefined || more.length > 0)
    return `\`${member}\` with these arguments was not compared`;
  const found = givenOptions(use, given);
  if (found === null) return 'its options are not written out';
  for (const [key, value] of found.options) {
    if (!OPTIONS.test(key)) return `its option \`${key}\` was not compared`;
    if (key !== 'swaggerOptions') continue;
    const own = writtenValue(found.work, value);
    if (!(own instanceof Map)) return 'its option `swaggerOptions` is not written out';
    const later = [...own.keys()].find((each) => AFTERWARDS.test(String(each)));
    if (later !== undefined) return `its option \`swaggerOptions.${later}\` was not compared`;
  }
  return {
    ...{ from: 'parity', name: 'swaggerPage', why },
    args: () => [spanOf(description), ...(given === undefined ? [] : [', ', spanOf(given)])],
    leavesOut: { behaviour: 'api-page' },
  };
}

/** Its files come from a list of two functions: one for the page's settings, one for what is on the disk. */
const swaggerUiExpress: PackageRule = {
  name: 'swagger-ui-express',
  bridge: ({ member }) => (/^serve/.test(member) ? { by: 'bridgeList' } : {}),
  answers: /^(serve|setup)/,
  keepsNothingOut: true,
  raises: true,
  needs: ['express'],
  isMiddleware: /^serve$/,
  isOne: true,
  native,
};
export default swaggerUiExpress;
