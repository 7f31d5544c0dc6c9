import type { PackageArgument } from '../../../src/workspace/express/registrations.ts';
import {
  argumentsOf,
  child,
  children,
  field,
  isMember,
  propertyKeyName,
  unwrap,
} from '../../../src/workspace/syntax/nodes.ts';
import type { Bridging, PackageRule } from './_contract.ts';

const ADVICE = 'use `hono/validator` with the same schemas, and write the 400 answer that clients know';

/** Whether the schemas say something of the parameters of the path. */
function checksParams({ call }: PackageArgument): boolean {
  const [schemas] = call === null ? [] : argumentsOf(call.node);
  if (schemas === undefined || unwrap(schemas).type !== 'ObjectExpression') return true;
  return children(unwrap(schemas), 'properties').some((property) => {
    const key = child(property, 'key');
    if (property.computed !== true) return propertyKeyName(property) === 'params';
    const member = isMember(key) ? child(key, 'property') : null;
    return member === null || field(member, 'name') === 'PARAMS';
  });
}

function bridge(argument: PackageArgument): Bridging {
  if (/^errors\b/.test(argument.member)) return { by: 'bridgeError', passesOn: true };
  const bridging: Bridging = { by: 'bridgeQuery', definesQuery: true };
  return checksParams(argument) ? { ...bridging, changesParams: true } : bridging;
}

const celebrate: PackageRule = {
  name: 'celebrate',
  bridge,
  answers: /^errors\b/,
  raises: true,
  advice: ADVICE,
};
export default celebrate;
