import type { AppCall, Registration } from '../../../src/workspace/express/program.ts';
import {
  argumentsOf,
  calleeOf,
  child,
  children,
  isMember,
  literalText,
  unwrap,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { enclosingFunction } from '../../../src/workspace/syntax/walk.ts';
import { deleteStatement } from '../../shared/edit/emit.ts';
import { isSubApp, severalApps } from '../facts/routes/sub-apps.ts';
import { calledMember, FOR_ALL, OWN_SETTINGS, useAppState } from '../members/app-state.ts';
import { type Conversion, type FileWork, refuse, replace, spanOf, textOf } from '../state/conversion.ts';
import { isMoved } from '../state/worlds.ts';
import { isWrittenTrust, noteLateTrust, trustCalls } from './trust-proxy.ts';

/** Reads `app.set`, `app.disable` and the like; the calls go, what they ask for reaches the parity functions. */
export function readSettings(conversion: Conversion) {
  for (const call of conversion.program.appCalls) {
    const work = conversion.workOf(call.file);
    const [name, value] = argumentsOf(call.call);
    const setting = literalText(name);
    const on =
      call.member === 'enable'
        ? 'true'
        : call.member === 'disable'
          ? 'false'
          : value === undefined
            ? null
            : textOf(work, value);
    if (!/^(set|enable|disable)$/.test(call.member) || on === null) continue;
    const give = (reason: string) => refuse(conversion, work, call.call, 'settings', reason);
    if (setting === null) {
      give('which setting this is is known only when it runs');
      continue;
    }
    const isOwn = OWN_SETTINGS.has(setting);
    if (!isOwn && !FOR_ALL.test(setting)) {
      // It is for views, and those are Express's.
      if (conversion.worlds !== null) continue;
      const isState =
        work.parents.get(call.call)?.type === 'ExpressionStatement' &&
        useAppState(conversion, work, calledMember(call.call));
      if (!isState) give(severalApps(conversion) ?? `the setting \`${setting}\` has no rule`);
      continue;
    }
    const statement = work.parents.get(call.call);
    const link = calleeOf(call.call);
    const object = isMember(link) ? child(link, 'object') : null;
    if (setting === 'trust proxy' && isLateTrust(conversion, call, value)) {
      const reason =
        statement?.type === 'ExpressionStatement'
          ? noteLateTrust(conversion, call)
          : 'this setting is part of a larger expression';
      if (reason !== null) give(reason);
      continue;
    }
    const why = applySetting(conversion, work, setting, on, value)
      ? notAsItStands(conversion, call, setting)
      : `the setting \`${setting}\` has no rule`;
    if (why !== null) give(why);
    else if (!isGone(conversion, call)) continue;
    else if (statement?.type === 'ExpressionStatement')
      deleteStatement(conversion, work, statement, 'settings');
    // It gives the application back, for the rest of its chain.
    else if (object !== null) replace(conversion, work, call.call, [spanOf(object)], 'settings');
    else give('this setting is part of a larger expression');
  }
}

/** Whether a setting goes with Express's application: one that stays has it as before. */
const isGone = ({ worlds }: Conversion, { on, file, call }: AppCall): boolean =>
  worlds === null || (isSubApp(on) && isMoved(worlds, file.path, call));

/** Whether which proxies are trusted is known only as the application runs. */
const isLateTrust = (conversion: Conversion, call: AppCall, value: SyntaxNode | undefined): boolean =>
  !isWrittenTrust(value) ||
  trustCalls(conversion).length > 1 ||
  notAsItStands(conversion, call, 'trust proxy') !== null;

/** Why a setting does not hold for every answer from the start on; null when it does. */
function notAsItStands({ program, version }: Conversion, call: AppCall, setting: string): string | null {
  const { unless, anchor } = program.reach(call.on, call.file, call.call);
  if (unless !== null) return `the setting \`${setting}\` is not always made: ${unless}`;
  const others = program.appCalls.filter(
    (each) =>
      each.on === call.on &&
      each !== call &&
      /^(set|enable|disable)$/.test(each.member) &&
      literalText(argumentsOf(each.call)[0]) === setting &&
      (each.member !== 'set' || argumentsOf(each.call).length > 1),
  );
  if (others.length > 0) return `the setting \`${setting}\` is made more than once`;
  const isEarly = /routing$/.test(setting) || (setting === 'query parser' && version === 4);
  if (!isEarly) return null;
  // Express makes its router when it is first needed, and asks for these settings then.
  const orders = program.registrations
    .filter((each) => each.on === call.on)
    .map((each) => orderOf(call, anchor, each, program.reach(each.on, each.file, each.call).anchor));
  if (orders.includes('after'))
    return `the setting \`${setting}\` is made after a route, where Express ignores it`;
  return orders.includes('unknown')
    ? `whether the setting \`${setting}\` is made before the first route is not known: Express ignores it after one`
    : null;
}

/** Whether a call on the application runs before or after a registration; both through calls or modules may hide it. */
function orderOf(
  call: AppCall,
  anchor: SyntaxNode | null,
  registration: Registration,
  first: SyntaxNode | null,
): 'before' | 'after' | 'unknown' {
  if (anchor === null || first === null) return 'unknown';
  if (first !== anchor) return first.start < anchor.start ? 'after' : 'before';
  const isSame =
    call.file === registration.file &&
    enclosingFunction(call.file, call.call) === enclosingFunction(registration.file, registration.call);
  if (!isSame) return 'unknown';
  return registration.call.start < call.call.start ? 'after' : 'before';
}

function applySetting(
  conversion: Conversion,
  work: FileWork,
  name: string,
  on: string,
  value: SyntaxNode | undefined,
): boolean {
  const { settings } = conversion;
  const isOn = truth(on, value);
  switch (name) {
    case 'x-powered-by':
      settings.poweredBy = isOn === true;
      return isOn !== null;
    case 'etag':
      settings.etag = on === 'false' ? 'off' : /strong/.test(on) ? 'strong' : 'weak';
      return /^(true|false|['"](weak|strong)['"])$/.test(on);
    case 'case sensitive routing':
      if (isOn) settings.routing.push('caseSensitive: true');
      return isOn !== null;
    case 'strict routing':
      if (isOn) settings.routing.push('strict: true');
      return isOn !== null;
    case 'query parser': {
      const kind = literalText(value);
      if (kind !== 'simple' && kind !== 'extended') return false;
      settings.query = [`{ parser: ${work.layout.string(kind)} }`];
      return true;
    }
    case 'trust proxy':
      settings.trust = on === 'false' ? [] : [on];
      return true;
    case 'json spaces':
    case 'json replacer': {
      const isPlain = name === 'json spaces' ? isPlainValue(value) : isPlainList(value);
      const option = `${name.slice('json '.length)}: `;
      settings.json = [...settings.json.filter((each) => !each.startsWith(option)), `${option}${on}`];
      return isPlain;
    }
    default:
      return false;
  }
}

/** What Express takes a setting for that is on or off; null when it is not written out. */
const truth = (on: string, value: SyntaxNode | undefined): boolean | null => {
  if (value === undefined) return on === 'true';
  const node = unwrap(value);
  return node.type === 'Literal' ? Boolean(node.value) : null;
};

/** A number or a text written out. */
const isPlainValue = (node: SyntaxNode | undefined): boolean =>
  node !== undefined && /^(number|string)$/.test(typeof unwrap(node).value);

const isPlainList = (node: SyntaxNode | undefined): boolean =>
  node !== undefined &&
  unwrap(node).type === 'ArrayExpression' &&
  children(unwrap(node), 'elements').every(isPlainValue);
