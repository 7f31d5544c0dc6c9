import { isMap, isScalar, isSeq, type Node } from 'yaml';
import { isWorkflow, readWorkflow } from '../shared/scripts/workflow.ts';
import { type Pin, versionPin } from './pin.ts';

export { isWorkflow };

/** `node-version` of each `actions/setup-node`. */
export function workflowPins(text: string, version: string): Pin[] {
  const workflow = readWorkflow('', text, new Map());
  return (workflow?.jobs ?? []).flatMap((job) =>
    job.steps.flatMap(({ node, uses }): Pin[] => {
      const given = uses.startsWith('actions/setup-node@') ? node.get('with') : null;
      const value = isMap(given) ? (given.get('node-version', true) as Node | undefined) : undefined;
      if (!isScalar(value) || !value.range) return [];
      const written = String(value.value);
      if (/\$\{\{/.test(written)) return matrixPin(job.node, written, value.range[0]);
      const quote = value.type === 'PLAIN' ? 0 : 1;
      const source = text.slice(value.range[0] + quote, value.range[1] - quote);
      return versionPin(source, value.range[0] + quote, `${job.name}: node-version`, version);
    }),
  );
}

/** A matrix is there to have several versions: which of them go is not ours to say. */
function matrixPin(job: { get(key: string): unknown }, written: string, start: number): Pin[] {
  const strategy = job.get('strategy');
  const matrix = isMap(strategy) ? strategy.get('matrix') : undefined;
  const name = /matrix\.([\w-]+)/.exec(written)?.[1] ?? '';
  const axis = isMap(matrix) ? matrix.get(name) : undefined;
  const versions = isSeq(axis) ? axis.items.map((item) => (isScalar(item) ? String(item.value) : '?')) : [];
  const span = { start, end: start + written.length };
  const said = versions.length > 0 ? `the matrix has ${versions.join(', ')}` : `it is \`${written}\``;
  return [{ span, name: 'node-version', reason: `${said}: which of them stay is yours to say` }];
}
