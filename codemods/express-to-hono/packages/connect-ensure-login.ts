import { spanOf } from '../state/conversion.ts';
import type { Native, PackageRule, Use } from './_contract.ts';
import { writtenValue } from './_options.ts';

/** Source: connect-ensure-login 0.1.1, the only release of note. */
function native({ args, work, member, target, beside, isAssigned }: Use): Native | string {
  const [given, ...more] = args;
  // Passport runs behind a bridge, and there alone is what it put on the request.
  if (target === 'workers' || !beside.has('passport')) return 'it asks what passport put on Node’s request';
  if (isAssigned('isAuthenticated') || isAssigned('session'))
    return 'the application itself sets what it asks the request for';
  const isIn = /^ensure(LoggedIn|Authenticated)$/.test(member);
  if (!isIn && !/^ensure(LoggedOut|NotLoggedIn|Unauthenticated|NotAuthenticated)$/.test(member))
    return `\`${member}\` was not compared`;
  const options = given === undefined ? new Map() : writtenValue(work, given);
  const isKnown = (key: unknown, value: unknown) =>
    key === 'redirectTo' ? isPath(value) : key === 'setReturnTo' && typeof value === 'boolean';
  const isWritten =
    options instanceof Map ? [...options].every(([key, value]) => isKnown(key, value)) : isPath(options);
  if (!isWritten || more.length > 0) return 'its options are not written in this file, as literals';
  return {
    ...{ from: 'parity', name: isIn ? 'ensureLoggedIn' : 'ensureLoggedOut' },
    why: 'Hono has no guard that asks passport',
    args: () => (given === undefined ? [] : [spanOf(given)]),
    leavesOut: { behaviour: 'redirect' },
  };
}

/** A path that is sent as it is written; `back` is the page before, in Express 4. */
const isPath = (value: unknown): boolean => typeof value === 'string' && /^[/?.][\w~/.?=&-]*$/.test(value);

const connectEnsureLogin: PackageRule = {
  name: 'connect-ensure-login',
  bridge: {},
  answers: /^/,
  native,
  connects: ({ isAssigned }) =>
    isAssigned('isAuthenticated') ? 'the application itself sets what it asks the request for' : ['redirect'],
};
export default connectEnsureLogin;
