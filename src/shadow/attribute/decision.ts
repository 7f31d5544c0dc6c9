import type { Cell, Owner } from '../../model/comparison.ts';
import type { SideReport } from '../../model/verdict.ts';
import { type Shown, shows } from './presence.ts';

/** An owner before its edits are looked for. */
export interface Decision extends Pick<Owner, 'kind' | 'why' | 'release' | 'onlyNewCode'> {
  /** Not the code alone; the old code could not be asked on the new runtime. */
  notCodeAlone?: true;
}

/**
 * What two corners say; null when neither shows the difference and both tell.
 *
 * @param startsThere whether the old code starts on the new runtime at all
 */
export function decision(
  cell: Cell,
  byCode: Shown,
  byRuntime: Shown,
  [old, next]: readonly [SideReport, SideReport],
  startsThere: boolean,
): Decision | null {
  const before = `${old.runtime} ${old.version}`;
  const after = `${next.runtime} ${next.version}`;
  // Both part from the old answer at this place, and one of them gives what the new side gives.
  if (byCode === 'exactly' && byRuntime === 'shown')
    return {
      kind: 'codemod',
      why: `The new code gives the same on ${before}; the old code on ${after} gives something else again.`,
    };
  if (byRuntime === 'exactly' && byCode === 'shown')
    return {
      kind: 'runtime',
      why: `The old code gives the same on ${after}; the new code on ${before} gives something else again.`,
    };
  if (shows(byCode) && shows(byRuntime))
    return {
      kind: 'either',
      why: `The new code shows it on ${before}, and the old code on ${after}: each alone is enough.`,
    };
  if (shows(byCode)) {
    const rest =
      byRuntime === null
        ? `; the old code cannot be asked on ${after}`
        : `, the old code on ${after} does not`;
    return { kind: 'codemod', why: `The new code shows it on ${before} too${rest}.` };
  }
  if (shows(byRuntime)) {
    const rest =
      byCode === null
        ? `; the new code cannot be asked on ${before}`
        : `, the new code on ${before} does not`;
    return { kind: 'runtime', why: `The old code shows it on ${after} too${rest}.` };
  }
  if (byCode === 'otherwise' && byRuntime !== 'otherwise')
    return {
      kind: 'codemod',
      why: `The new code parts from the old answer here on ${before} too, in another way than on ${after}.`,
    };
  if (byRuntime === 'otherwise' && byCode !== 'otherwise')
    return {
      kind: 'runtime',
      why: `The old code parts from the old answer here on ${after} too, in another way than the new code.`,
    };
  if (byCode === null && byRuntime === null)
    return { kind: 'unknown', why: `Neither corner could be asked about ${cell.location}.` };
  if (byCode === null)
    return {
      kind: 'unknown',
      why: `Not the runtime alone: the old code on ${after} does not show it, and the new code cannot be asked on ${before}.`,
    };
  // The application sees no request that is none: its server answers, and the same server answered for the new code.
  if (byRuntime === null && cell.location.startsWith('probe:malformed/'))
    return {
      kind: 'runtime',
      why: `The new code on ${before} does not show it; such a request is taken or refused by the runtime's own server.`,
    };
  // Where only the new code runs, whatever it shows there and not before is of the two together.
  if (byRuntime === null)
    return {
      kind: startsThere ? 'unknown' : 'interaction',
      notCodeAlone: true,
      why: `Not the code alone: the new code on ${before} does not show it, and the old code ${startsThere ? 'cannot be asked' : 'does not start'} on ${after}.`,
    };
  return null;
}
