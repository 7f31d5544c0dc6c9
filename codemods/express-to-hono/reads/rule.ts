import { at } from '../../../src/model/at.ts';
import type { OnContext, PackageRule, Use } from '../packages/_contract.ts';
import { PACKAGES } from '../packages/_known.ts';
import { TO_ANSWER } from '../packages/_option-functions.ts';
import { words } from '../packages/_words.ts';
import type { BehaviourName } from '../state/behaviours.ts';
import type { PackageReads, PackageUse } from './contract.ts';
import { isConnected, isLeft, isLentBehindBridge, isOnContext } from './lent.ts';
import type { GivenToPackage } from './options.ts';
import { placeIn } from './package-modules.ts';

/** What a rule is made of for one way in which an application registers middleware of a package without a rule. */
export interface Reading {
  name: string;
  reads: PackageReads;
  given: GivenToPackage;
  /** Whether `req.query` is made by Express 4's own parser. */
  hasNestedQuery: boolean;
  /** Whether another package puts a member of this name on the request. */
  isProvided(member: string): boolean;
}

/** A rule by what the installed code of a package does; a sentence why there is none. */
export function ruleOfReads({
  name,
  reads,
  given,
  hasNestedQuery,
  isProvided: isOthers,
}: Reading): PackageRule | string {
  const [lost] = reads.escapes;
  if (lost !== undefined) return `\`${name}\` ${lost.reason} (${placeIn(lost.file, lost.node.start)})`;
  if (reads.asksOptions && given.notPlain !== null) {
    const { work, node } = given.notPlain;
    return `\`${name}\` may hand the request to what it is given at ${at(work.file.locate(node.start))}`;
  }
  const uses = reads.uses.flatMap((each) => named(each, given.texts));
  const unlent = uses.find((each) => !isLentBehindBridge(each));
  if (unlent !== undefined) return `\`${name}\` ${sentence(unlent)}`;
  const query = uses.find(({ on, member }) => on === 'req.query' || (on === 'req' && member === 'query'));
  if (query !== undefined && !hasNestedQuery)
    return `\`${name}\` reads \`req.query\`, which is made in another way than that of Express 4 (${placeIn(query.file, query.node.start)})`;
  if (given.texts.has('back') && uses.some(({ on, member }) => on === 'res' && member === 'redirect'))
    return `\`${name}\` may send back to the page before`;
  const provides = [...new Set(uses.filter(isLeft).map(({ member }) => member))];
  const answers = uses.some(({ on, member }) => on === 'res' && TO_ANSWER.has(member));
  const withLocals = uses.some(({ on, member }) => on === 'res' && member === 'locals');
  const { kind } = reads;
  return {
    name,
    bridge: kind === 'errors' ? { by: 'bridgeError' } : kind === 'list' ? { by: 'bridgeList' } : {},
    ...(answers && { answers: /^/ }),
    ...(withLocals && { locals: true as const }),
    ...(reads.raises && { raises: true as const }),
    provides,
    connects: (use) =>
      connectOf({ name, reads, given, uses, isProvided: isOthers }, use, (member) =>
        provides.includes(member),
      ),
    onContext: ({ isAssigned, target }) =>
      contextOf(
        name,
        reads,
        uses,
        target,
        (member) => provides.includes(member) || !(isAssigned(member) || isOthers(member)),
      ),
  };
}

/** How it runs on Hono's context by itself; a sentence why it does not. */
function contextOf(
  name: string,
  { kind, builtins }: PackageReads,
  uses: readonly PackageUse[],
  target: Use['target'],
  isKnown: (member: string) => boolean,
): OnContext | string {
  if (kind !== 'middleware') return `\`${name}\` is no single middleware`;
  // What follows `next()` runs outside of what these hold together.
  if (builtins === null || builtins.has('async_hooks') || builtins.has('domain'))
    return `\`${name}\` keeps what it knows for all that runs inside \`next()\``;
  const missing = target === 'workers' ? notInWorkers(builtins) : null;
  if (missing !== null) return `\`${name}\` loads \`${missing}\`, which Workers do not have whole`;
  const more = uses.find((each) => !isOnContext(each, isKnown));
  if (more !== undefined) return `\`${name}\` ${sentence(more)}`;
  const redirects = uses.some(({ on, member }) => on === 'res' && member === 'redirect');
  return { leavesOut: redirects ? ['redirect', 'untyped'] : [] };
}

/** What it answers otherwise on Hono's context, beside packages that run there too; a sentence why it does not. */
function connectOf(
  { name, reads, given, uses, isProvided }: Omit<Reading, 'hasNestedQuery'> & { uses: readonly PackageUse[] },
  { isAssigned, beside, target }: Use,
  isOwnName: (member: string) => boolean,
): readonly BehaviourName[] | string {
  const { kind, builtins, keys } = reads;
  if (kind !== 'middleware') return `\`${name}\` is no single middleware`;
  if (builtins === null || builtins.has('async_hooks') || builtins.has('domain'))
    return `\`${name}\` keeps what it knows for all that runs inside \`next()\``;
  const missing = target === 'workers' ? notInWorkers(builtins) : null;
  if (missing !== null) return `\`${name}\` loads \`${missing}\`, which Workers do not have whole`;
  // What the application sets itself is in Hono's context, and so is what packages leave that run there by themselves.
  const isKnown = (member: string) =>
    isOwnName(member) ||
    [...beside].some((each) => isLeftThere(each, member)) ||
    !(isAssigned(member) || isProvided(member));
  const more = uses.find((each) => !isConnected(each, isKnown));
  if (more !== undefined) return `\`${name}\` ${sentence(more)}`;
  const asks = (member: string) => uses.some((each) => each.on === 'res' && each.member === member);
  if (asks('cookie') && (keys.has('signed') || given.keys.has('signed'))) return `\`${name}\` signs cookies`;
  return [
    ...(asks('redirect') ? (['redirect', 'untyped'] as const) : []),
    ...(asks('cookie') ? (['cookie'] as const) : []),
  ];
}

/** Whether a known package that runs on Hono's context as well leaves a member on the request. */
function isLeftThere(name: string, member: string): boolean {
  const { provides = [], connects } = PACKAGES.get(name) ?? {};
  return connects !== undefined && typeof provides !== 'function' && provides.includes(member);
}

/** A module of Node that Workers have not, or in part. Source: the compatibility tables of nodejs_compat. */
const notInWorkers = (builtins: ReadonlySet<string>): string | null =>
  [...builtins].find((each) => !IN_WORKERS.has(each)) ?? null;

const IN_WORKERS = words('assert buffer crypto events path querystring string_decoder url util');

/** A member that the options name may be any text among them. */
const named = (use: PackageUse, texts: ReadonlySet<string>): PackageUse[] =>
  use.member === '?' ? [...texts].map((member) => ({ ...use, member })) : [use];

function sentence({ on, member, how, file, node }: PackageUse): string {
  const does = { read: 'reads', set: 'sets', called: 'asks for' }[how];
  return `${does} \`${on}.${member}\` (${placeIn(file, node.start)}), which is not there outside of Express`;
}
