import type { Owner } from '../../model/comparison.ts';
import type { LatencySection } from '../../model/latency.ts';
import type { Corner } from '../attribute/index.ts';

/** What the load said of a corner against the old side; in words why it could not be put there. */
export type CornerLoad = Pick<LatencySection, 'outcome' | 'reasons'> | string;

type LoadOwner = Pick<Owner, 'kind' | 'why'>;

/**
 * Who caused what fails under load, by the corners of {old code, new code} × {old runtime, new runtime}: each is
 * measured against the old side as the new side was, for a shorter time. A corner that neither fails nor passes tells
 * nothing.
 *
 * @param same what both sides share, so that the other needs no corner
 */
export async function loadOwner(
  same: { code: boolean; runtime: boolean },
  names: { old: string; new: string },
  ask: (corner: Corner) => Promise<CornerLoad>,
): Promise<LoadOwner> {
  if (same.code && same.runtime)
    return { kind: 'unknown', why: 'Both sides are the same code on the same runtime.' };
  if (same.code) return { kind: 'runtime', why: 'Both sides run the same code.' };
  if (same.runtime) return { kind: 'codemod', why: `Both sides run on ${names.old}; only the code differs.` };
  const code = await ask({ code: 'new', runtime: 'old' });
  const runtime = await ask({ code: 'old', runtime: 'new' });
  const why = `New code on ${names.old} ${said(code)}; old code on ${names.new} ${said(runtime)}.`;
  return { kind: kindOf(outcomeOf(code), outcomeOf(runtime)), why };
}

const outcomeOf = (load: CornerLoad): string => (typeof load === 'string' ? 'not asked' : load.outcome);

function kindOf(byCode: string, byRuntime: string): Owner['kind'] {
  if (byCode === 'FAIL') return byRuntime === 'FAIL' ? 'either' : 'codemod';
  if (byRuntime === 'FAIL') return 'runtime';
  return byCode === 'PASS' && byRuntime === 'PASS' ? 'interaction' : 'unknown';
}

function said(load: CornerLoad): string {
  if (typeof load === 'string') return `could not be asked (${load.replace(/\.$/, '')})`;
  const words = {
    PASS: 'passes',
    FAIL: 'fails too',
    INCONCLUSIVE: 'does not tell',
    INVALID: 'does not tell',
  };
  const [reason = ''] = load.reasons;
  return `${words[load.outcome]} (${reason.replace(/\.$/, '')})`;
}
