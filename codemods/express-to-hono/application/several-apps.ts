import type { AppCall, RouterValue } from '../../../src/workspace/express/program.ts';
import { argumentsOf, literalText } from '../../../src/workspace/syntax/nodes.ts';
import { appsOf, isSubApp, rootsOf } from '../facts/routes/sub-apps.ts';
import { readsHeader } from '../native/decide.ts';
import { type Conversion, refuse } from '../state/conversion.ts';

/** Settings that the conversion carries over, for all of its applications alike. */
const CARRIED =
  /^(x-powered-by|etag|case sensitive routing|strict routing|query parser|trust proxy|json spaces|json replacer)$/;

const isSetting = ({ member }: AppCall): boolean => /^(set|enable|disable)$/.test(member);

/** Every application has settings of its own in Express; here they must agree, but for a header that is left out. */
export function checkSettings(conversion: Conversion): void {
  const apps = appsOf(conversion);
  const [root] = rootsOf(conversion.program);
  if (apps.length < 2 || root === undefined) return;
  const { settings, program } = conversion;
  const ofApp = (app: RouterValue, name: string) =>
    program.appCalls.filter(
      (each) => each.on === app && isSetting(each) && literalText(argumentsOf(each.call)[0]) === name,
    );
  const isLeftOut = conversion.idiomatic !== null && !readsHeader(conversion, 'x-powered-by');
  if (isLeftOut) settings.poweredBy ||= apps.some((app) => ofApp(app, 'x-powered-by').length === 0);
  const settingsOf = (app: RouterValue) =>
    program.appCalls.flatMap((each) => {
      const { on, file, call, member } = each;
      const name = literalText(argumentsOf(call)[0]) ?? '';
      const isOne = on === app && isSetting(each) && CARRIED.test(name);
      if (!isOne || (isLeftOut && name === 'x-powered-by')) return [];
      const args = argumentsOf(call).map(({ start, end }) =>
        file.text.slice(start, end).replaceAll('"', "'"),
      );
      return [`${member} ${args.join(' ')}`];
    });
  const wanted = settingsOf(root);
  for (const app of apps) {
    const own = settingsOf(app);
    // What is trusted is handed down to what is mounted, unless it says otherwise.
    const inherits = isSubApp(app) && !own.some((each) => each.includes('trust proxy'));
    const expected = inherits ? wanted.filter((each) => !each.includes('trust proxy')) : wanted;
    if (own.sort().join() === expected.sort().join()) continue;
    const work = conversion.workOf(app.file);
    const reason = 'the settings of this application are not those of the other one';
    refuse(conversion, work, app.creation, 'settings/apps', reason);
  }
  checkKept(conversion);
  const { routing } = settings;
  if (routing.length === 0) return;
  const router = program.routers.find((each) => each.kind === 'router' && !isSubApp(each));
  if (router !== undefined) {
    const reason = 'a router goes by its own case and slashes, an application beside it by its settings';
    refuse(conversion, conversion.workOf(router.file), router.creation, 'settings/apps', reason);
  }
  settings.routing = [...new Set(routing), 'inMounts: true'];
}

/** Beside Express its own application keeps what it did; one that is mounted in it has become a router, and keeps nothing. */
function checkKept(conversion: Conversion): void {
  if (conversion.worlds === null) return;
  for (const each of conversion.program.appCalls) {
    const name = literalText(argumentsOf(each.call)[0]) ?? '';
    if (!isSubApp(each.on) || (isSetting(each) && CARRIED.test(name))) continue;
    const work = conversion.workOf(each.file);
    const reason = `\`${each.member}\` of an application that is mounted in another one has no rule`;
    refuse(conversion, work, each.call, 'settings/apps', reason);
  }
}
