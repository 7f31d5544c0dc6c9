import type { Cell, Release } from '../../model/comparison.ts';
import type { Decision } from './decision.ts';
import { type Presence, shows } from './presence.ts';

/** What the newest release of the new side's runtime shows of its differences. */
export interface ReleaseAnswer {
  /** As `bun 1.4.5`; null where it could not be told or got. */
  newest: string | null;
  /** Why nothing could be asked of it; null where it could. */
  problem: string | null;
  presence: Presence;
}

/** Whether the newest release can say more about an owner: the runtime has, or may have, a part in the difference. */
export const concernsRelease = (cell: Cell, { kind, notCodeAlone }: Decision): boolean =>
  !cell.explained && (kind === 'interaction' || kind === 'runtime' || notCodeAlone === true);

/**
 * An owner, after the new code was asked on the newest release too. What only new code on an older release shows is a
 * fault of that release; what the newest one shows as well stays what it was.
 *
 * @param running the new side's runtime, as `bun 1.2.23`
 */
export function withRelease(
  cell: Cell,
  decision: Decision,
  running: string,
  { newest, problem, presence }: ReleaseAnswer,
): Decision {
  const shown = problem === null ? presence(cell) : null;
  const about = (result: Release['result'], why: string | null = null): Release => ({
    ...{ newest, result, problem: why },
  });
  if (shown === null) {
    const why = problem ?? `the exchanges that show it could not be compared on ${newest}`;
    return {
      ...decision,
      why: `${decision.why} The newest release was not checked: ${why.replace(/\.$/, '')}.`,
      release: about('not-checked', why),
    };
  }
  if (shows(shown))
    return {
      ...decision,
      why: `${decision.why} The new code shows it on ${newest} too.`,
      release: about('also'),
    };
  if (shown === 'otherwise')
    return {
      ...decision,
      why: `${decision.why} On ${newest} the new code parts from the old answer here too, in another way.`,
      release: about('otherwise'),
    };
  const release = about('gone');
  if (decision.kind === 'runtime')
    return {
      ...decision,
      why: `${decision.why} The new code on ${newest} does not show it: upgrade next.`,
      release,
    };
  const asked = decision.notCodeAlone
    ? 'The new code alone does not show it, the old code could not be asked'
    : 'Neither the new code nor the new runtime alone shows it';
  return {
    ...{ kind: 'runtime', release },
    ...(decision.kind === 'interaction' && { onlyNewCode: true }),
    why: `${asked}, and the new code on ${newest} does not either: a fault of ${running} that ${decision.kind === 'interaction' ? 'only the new code reaches' : 'the new code reaches'}. Upgrade next.`,
  };
}
