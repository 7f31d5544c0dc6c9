import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import type { Part } from '../../shared/edit/draft.ts';
import { connecting } from '../bridge/connecting.ts';
import { parityName } from '../edit/imports.ts';
import { takesRequest } from '../packages/_takes-request.ts';
import { type Conversion, claim, replace, type Unit } from '../state/conversion.ts';

/** `validationResult(req)`: a function of a package reads what its middleware left on the request. */
export function handsToPackage(conversion: Conversion, unit: Unit, root: SyntaxNode): boolean {
  const { work } = unit;
  const taker = takesRequest(work, root);
  const isOnContext = unit.ofExpress === null && conversion.onContext.has(taker ?? '');
  if (taker === null || (conversion.options.target === 'workers' && !isOnContext)) return false;
  claim(conversion, root);
  const request = isOnContext
    ? [`${parityName(conversion, work, 'requestOn')}(${unit.context})`]
    : bridgedRequest(conversion, unit);
  replace(conversion, work, root, request, 'request/bridged');
  return true;
}

/** `validation.run(req)`: what a package made looks at the request where that is Hono's. */
export function runsOnContext(conversion: Conversion, unit: Unit, root: SyntaxNode): boolean {
  const { work } = unit;
  const call = work.parents.get(root);
  const ran = conversion.program.ran.find(({ node }) => node === call);
  const isOnContext = ran?.made.every((each) => conversion.options.onContext?.has(each.node)) === true;
  if (!isOnContext || unit.ofExpress !== null) return false;
  claim(conversion, root);
  const request = `${parityName(conversion, work, 'requestOn')}(${unit.context})`;
  replace(conversion, work, root, [request], 'request/bridged');
  return true;
}

/** Whether a member of the request is asked of Node's, where Express or middleware behind a bridge has put it. */
export const isBridged = ({ bridgedNames }: Conversion, { ofExpress }: Unit, name: string): boolean =>
  bridgedNames.has(name) || ofExpress?.has(name) === true;

/** The request as middleware of packages left it: `connected(c)`, `bridged(c)` where that is Node's. */
export const bridgedRequest = (conversion: Conversion, unit: Unit): Part[] => {
  const isConnected = conversion.options.connects && unit.ofExpress === null;
  const name = isConnected ? connecting(conversion).read : 'bridged';
  return [`${parityName(conversion, unit.work, name)}(${unit.context})`];
};
