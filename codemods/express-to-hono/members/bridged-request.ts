import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import type { Part } from '../../shared/edit/draft.ts';
import { parityName } from '../edit/imports.ts';
import { takesRequest } from '../packages/_takes-request.ts';
import { type Conversion, claim, replace, type Unit } from '../state/conversion.ts';

/** `validationResult(req)`: a function of a package reads what its middleware left on the request. */
export function handsToPackage(conversion: Conversion, unit: Unit, root: SyntaxNode): boolean {
  const { work } = unit;
  if (conversion.options.target === 'workers' || !takesRequest(work, root)) return false;
  claim(conversion, root);
  replace(conversion, work, root, bridgedRequest(conversion, unit), 'request/bridged');
  return true;
}

/** The request as middleware of packages left it: `connected(c)`, `bridged(c)` where that is Node's. */
export const bridgedRequest = (conversion: Conversion, unit: Unit): Part[] => {
  const name = conversion.options.connects ? 'connected' : 'bridged';
  return [`${parityName(conversion, unit.work, name)}(${unit.context})`];
};
