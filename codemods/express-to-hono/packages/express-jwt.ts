import type { PackageArgument } from '../../../src/workspace/express/registrations.ts';
import {
  argumentsOf,
  child,
  children,
  literalText,
  propertyKeyName,
  unwrap,
} from '../../../src/workspace/syntax/nodes.ts';
import type { PackageRule } from './_contract.ts';

/** Where the payload goes: `auth`, `user` before version 7, or what the options say. */
function payloadNames({ call }: PackageArgument): string[] {
  const [options] = call === null ? [] : argumentsOf(call.node);
  const named = options === undefined ? [] : children(unwrap(options), 'properties');
  const given = named.flatMap((property) => {
    const isName = /^(requestProperty|userProperty)$/.test(propertyKeyName(property) ?? '');
    const name = isName ? literalText(child(property, 'value')) : null;
    return name === null ? [] : [name];
  });
  return given.length > 0 ? given : ['auth', 'user'];
}

const expressJwt: PackageRule = { name: 'express-jwt', bridge: {}, provides: payloadNames, raises: true };
export default expressJwt;
