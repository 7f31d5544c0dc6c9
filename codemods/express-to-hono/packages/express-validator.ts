import type { PackageArgument } from '../../../src/workspace/express/registrations.ts';
import type { Bridging, PackageRule } from './_contract.ts';

/** What only looks: all other steps of a chain may change the value. */
const LOOKS =
  /^(?:is\w*|exists|not|custom|withMessage|optional|if|bail|hide|contains|equals|matches|notEmpty|check|param|checkSchema|oneOf|checkExact)$/;

/** Steps of a chain that the analysis follows: a longer one may hold any others. */
const KNOWN_STEPS = 2;

/** Whether a chain may make something else of a parameter of the path. */
function bridge({ member }: PackageArgument): Bridging {
  const [made = '', ...steps] = member.split('.');
  const mayChange = steps.length >= KNOWN_STEPS || steps.some((step) => !LOOKS.test(step));
  const isOfPath = /^(param|check)$/.test(made) && mayChange;
  const isOfAll = /^(checkSchema|oneOf|checkExact)$/.test(made);
  return isOfPath || isOfAll ? { by: 'bridgeQuery', changesParams: true } : { by: 'bridgeQuery' };
}

const expressValidator: PackageRule = {
  name: 'express-validator',
  bridge,
  takesRequest: ['validationResult', 'matchedData'],
};
export default expressValidator;
