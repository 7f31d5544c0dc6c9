import { z } from 'zod';
import { applyChangeSet, touched } from '../../codemod/apply.ts';
import { lastDay, preparedWaivers } from '../../codemod/prepared-waivers.ts';
import { loadCodemod } from '../../codemod/registry.ts';
import { runOrGoOn } from '../../codemod/resume/index.ts';
import type { ChangeSet } from '../../model/changeset.ts';
import { parseSpec, provisionRuntime } from '../../runtimes/index.ts';
import { openRepository } from '../../workspace/repository.ts';
import { actionKind } from '../contract.ts';

const schema = z.strictObject({
  do: z.literal('codemod'),
  id: z.string(),
  options: z.record(z.string(), z.union([z.string(), z.boolean(), z.array(z.string())])).default({}),
  /** Options that get the exact version of a runtime: `{ bun: bun@1.4 }`. */
  versions: z.record(z.string(), z.string()).default({}),
  /** Options that get a runtime with its exact version: `{ runtime: bun@1.4 }` becomes `bun@1.4.5`. */
  runtimes: z.record(z.string(), z.string()).default({}),
  /** Nothing to change is no failure: what is left for a person is told, and a later step asks for it. */
  optional: z.boolean().default(false),
  /** Only these files and folders. */
  paths: z.array(z.string()).default([]),
});

/** Runs a codemod of `migrate codemod list`, applied through the journal. */
export default actionKind({
  kind: 'codemod',
  schema,
  changes: () => true,
  describe: ({ id, options = {}, versions = {}, runtimes = {}, paths = [] }) =>
    [
      'codemod',
      id,
      ...Object.entries({ ...options, ...versions, ...runtimes }).map(
        ([name, value]) => `--${name} ${value}`,
      ),
      ...paths,
    ].join(' '),
  async run(action, { root, signal, progress }) {
    const { id, options: given, versions, runtimes, optional, paths } = schema.parse(action);
    const options = { ...given };
    for (const [name, spec] of Object.entries(versions))
      options[name] = (await provisionRuntime(await parseSpec(spec), { signal, progress })).version;
    for (const [name, spec] of Object.entries(runtimes)) {
      const parsed = await parseSpec(spec);
      options[name] = `${parsed.name}@${(await provisionRuntime(parsed, { signal, progress })).version}`;
    }
    const codemod = await loadCodemod(id);
    const repository = await openRepository(root);
    const chosen = repository.select(paths).paths;
    progress(`${id}: reading`);
    const found = await runOrGoOn(codemod, {
      ...{ repository, options, signal, progress },
      ...(codemod.chooses
        ? { paths: repository.files, ...(paths.length > 0 && { chosen }) }
        : { paths: chosen }),
    });
    const waivers = preparedWaivers(found.leftOut ?? [], lastDay());
    const changeSet = waivers.length === 0 ? found : { ...found, waivers };
    const failed = changeSet.files.find(({ status }) => status === 'failed');
    if (failed) return { outcome: 'failed', summary: `${failed.path}: ${failed.reason}` };
    if (touched(changeSet).length === 0) {
      const [first] = changeSet.leftForYou;
      const outcome = optional ? 'done' : 'failed';
      const why = first
        ? `${first.reason} (${first.file}:${first.line}:${first.column})`
        : 'nothing to change';
      return { outcome, summary: `${id} changes nothing: ${why}` };
    }
    await applyChangeSet(repository, changeSet, signal);
    return { outcome: 'done', summary: tally(changeSet), changeSet };
  },
});

/** `42 handlers converted, 1 refused; 3 places left for you`. */
function tally({ codemod, outcomes, unit, leftForYou, files }: ChangeSet): string {
  const counts = new Map<string, number>();
  for (const { outcome } of outcomes) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  const parts = [...counts].map(([outcome, count]) => `${count} ${outcome}`);
  const what = parts.length > 0 ? `${unit}s: ${parts.join(', ')}` : `${files.length} files`;
  return `${codemod}, ${what}${leftForYou.length > 0 ? `; ${leftForYou.length} left for you` : ''}`;
}
