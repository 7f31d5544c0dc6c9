import semver from 'semver';
import { literalText } from '../../../src/workspace/syntax/nodes.ts';
import type { BehaviourName } from '../state/behaviours.ts';
import { constantOf } from '../state/constants.ts';
import { valuesNamed } from './_connect.ts';
import type { PackageRule, Use } from './_contract.ts';
import { asksForMore } from './_strategies.ts';

/** `passport.authenticate(…)`, and that of an instance of `Passport` or `Authenticator`. */
const ANSWERS = /\b(authenticate|authorize)$/;

const REDIRECTS = ['failureRedirect', 'successRedirect', 'successReturnToOrRedirect'];

/** Source: passport 0.6 and 0.7. Those before put their methods on the prototype of Node's request. */
function connects({ release, files, args, callback, member, work }: Use): readonly BehaviourName[] | string {
  if (!semver.satisfies(release ?? '', '0.6 || 0.7')) return `passport ${release} was not compared`;
  const [name, ...rest] = args;
  if (rest.some((each) => constantOf(work, each).type !== 'ObjectExpression'))
    return 'its callback, or its options, are not written in this file';
  const isBack = REDIRECTS.some((key) =>
    valuesNamed(files, key).some(({ value }) => literalText(value) === 'back'),
  );
  if (isBack) return 'it sends back to the page before';
  const more = asksForMore(files);
  if (more !== null) return more;
  const answers = ANSWERS.test(member) && callback === null && literalText(name) !== 'session';
  return answers ? ['redirect', 'untyped'] : [];
}

const passport: PackageRule = {
  name: 'passport',
  bridge: {},
  answers: ANSWERS,
  tellsCallback: ANSWERS,
  provides: [
    ...['user', 'isAuthenticated', 'isUnauthenticated', 'login', 'logIn', 'logout', 'logOut'],
    ...['account', 'authInfo'],
  ],
  saves: ['login', 'logIn', 'logout', 'logOut'],
  connects,
  raises: true,
};
export default passport;
