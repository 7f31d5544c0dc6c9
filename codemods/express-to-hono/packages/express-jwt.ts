import semver from 'semver';
import type { PackageArgument } from '../../../src/workspace/express/registrations.ts';
import {
  argumentsOf,
  child,
  children,
  literalText,
  propertyKeyName,
  unwrap,
} from '../../../src/workspace/syntax/nodes.ts';
import { asksForLent, functionAt, valuesNamed } from './_connect.ts';
import type { PackageRule, Use } from './_contract.ts';

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

/** Source: express-jwt 6 to 8 and express-unless 2: they ask for the method, headers and URL, and hand the request to these. */
function connects({ release, files }: Use): readonly [] | string {
  if (!semver.satisfies(release ?? '', '6 - 8')) return `express-jwt ${release} was not compared`;
  if (valuesNamed(files, 'resultProperty').length > 0)
    return 'its option `resultProperty` sets it on the response';
  const secrets = valuesNamed(files, 'secret').filter((each) => functionAt(each) !== null);
  const handed = ['getToken', 'isRevoked', 'custom'].flatMap((name) => valuesNamed(files, name));
  return [...secrets, ...handed].every(asksForLent) ? [] : 'one of its options asks more of the request';
}

const expressJwt: PackageRule = {
  name: 'express-jwt',
  bridge: {},
  provides: payloadNames,
  connects,
  raises: true,
};
export default expressJwt;
