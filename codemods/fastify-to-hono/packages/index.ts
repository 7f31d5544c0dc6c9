import type { Part } from '../../shared/edit/draft.ts';
import type { FileWork } from '../../shared/edit/work.ts';
import type { Answer, Chain } from '../members/chain.ts';
import type { Conversion, Unit } from '../state.ts';

/** What a member that a package gives requests or replies becomes; null where no package of the application gives it. */
export function packageMember(
  _conversion: Conversion,
  _work: FileWork,
  _of: 'request' | 'reply',
  _name: string,
  _c: string,
): string | null {
  return null;
}

/** Whether a package gives replies a member that answers. */
export const isPackageEnd = (_conversion: Conversion, _name: string): boolean => false;

/** What such a member answers. */
export const packageEnd = (
  _conversion: Conversion,
  _work: FileWork,
  _unit: Unit,
  _chain: Chain,
  _before: Part[][],
  _c: string,
): Answer | null => null;

/** Whether a package gives the application a member. */
export const decoratedBy = (_conversion: Conversion, _name: string): boolean => false;
