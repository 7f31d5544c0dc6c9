import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { MigrateError } from '../../model/errors.ts';
import { writeFileAtomic } from '../../workspace/atomic.ts';
import { type Json, setField } from '../../workspace/manifest-edit.ts';
import { resolveInside } from '../../workspace/repository.ts';
import { actionKind } from '../contract.ts';

const schema = z
  .strictObject({
    do: z.literal('config'),
    file: z.string(),
    /** The whole text of a file that is made, or replaced. */
    content: z.string().optional(),
    /** Fields of a JSON or YAML file, by their path with dots: `scripts.start`. */
    set: z.record(z.string(), z.json()).optional(),
    /** Texts that must occur once, and what stands in their place. */
    replace: z.array(z.strictObject({ text: z.string().min(1), by: z.string() })).optional(),
  })
  .refine(
    ({ content, set, replace }) => [content, set, replace].filter((each) => each !== undefined).length === 1,
    { error: 'give one of content, set, replace' },
  );

/** Writes or edits one named file; what is not named stays, to the byte. */
export default actionKind({
  kind: 'config',
  schema,
  changes: () => true,
  describe,
  async run(action, { root }) {
    const { file, content, set, replace } = action;
    const path = resolveInside(root, file);
    const before = existsSync(path) ? readFileSync(path, 'utf8') : null;
    const after = content ?? edited(file, before, set, replace ?? []);
    if (after === before) return { outcome: 'done', summary: `${file} says so already` };
    mkdirSync(dirname(path), { recursive: true });
    writeFileAtomic(path, after);
    return { outcome: 'done', summary: describe(action) };
  },
});

function describe({ file, content, set, replace }: z.infer<typeof schema>): string {
  if (content !== undefined) return `write ${file}`;
  return `${file}: ${set ? words(set) : (replace ?? []).map(({ text, by }) => `${text} → ${by}`).join(', ')}`;
}

const words = (set: Readonly<Record<string, unknown>>): string =>
  Object.entries(set)
    .map(([path, value]) => `${path} = ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ');

function edited(
  file: string,
  before: string | null,
  set: Readonly<Record<string, unknown>> | undefined,
  replace: readonly { text: string; by: string }[],
): string {
  if (set) {
    if (/\.ya?ml$/.test(file)) return inYaml(file, before ?? '', set);
    return Object.entries(set).reduce(
      (text, [path, value]) => setField(text, path.split('.'), value as Json),
      before ?? '{}\n',
    );
  }
  if (before === null) throw unfit(`${file} is not there`);
  return replace.reduce((text, { text: wanted, by }) => {
    const parts = text.split(wanted);
    if (parts.length !== 2)
      throw unfit(
        `${file} holds "${wanted}" ${parts.length === 1 ? 'nowhere' : `${parts.length - 1} times`}`,
      );
    return parts.join(by);
  }, before);
}

function inYaml(file: string, before: string, set: Readonly<Record<string, unknown>>): string {
  const document = parseDocument(before);
  const [broken] = document.errors;
  if (broken) throw unfit(`${file} is not valid YAML`);
  for (const [path, value] of Object.entries(set)) document.setIn(path.split('.'), value);
  return document.toString({ lineWidth: 0 });
}

const unfit = (sentence: string): MigrateError =>
  new MigrateError('CONFIG_UNFIT', `${sentence}.`, {
    hint: 'Edit the file by hand, then `migrate skip` the step.',
  });
