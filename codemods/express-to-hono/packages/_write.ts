import type { Place } from '../../../src/workspace/express/program.ts';
import { importName, parityName } from '../edit/imports.ts';
import { trustOf } from '../edit/trust.ts';
import { type Conversion, remark, replace } from '../state/conversion.ts';
import { leaveOut } from '../state/left-out.ts';
import type { Native } from './_contract.ts';

/** Writes Hono's own middleware, or the lines beside it, in the place of the call that makes a package's. */
export function becomeNative(conversion: Conversion, { file, node }: Place, native: Native): void {
  const work = conversion.workOf(file);
  if (conversion.dry > 0 || conversion.claimed.has(node)) return;
  conversion.claimed.add(node);
  const trust = () => trustOf(conversion, work);
  const parity = (name: string) => parityName(conversion, work, name);
  const name = importName(conversion, work, native.from, native.name);
  const parts = [`${name}(`, ...native.args({ parity, trust }), ')'];
  replace(conversion, work, node, parts, `packages/${native.name}`);
  const { leavesOut, why } = native;
  if (native.from === 'parity' && why !== undefined) conversion.idiomatic?.reasons.set(native.name, why);
  if (leavesOut !== undefined) leaveOut(conversion, work, node, leavesOut.behaviour, leavesOut.header);
  if (native.remark !== undefined) remark(conversion, work, node, `packages/${native.name}`, native.remark);
}
