import { isAlias, isNode, LineCounter, parseDocument, visit } from 'yaml';
import type { z } from 'zod';
import { MigrateError } from '../model/errors.ts';

/** What a wrong document is called, and what to do about it. */
export interface WrongYaml {
  /** Of one that is no YAML, and of one that the schema does not take. */
  codes: readonly [broken: string, wrong: string];
  hint: string;
}

const PLAYBOOK: WrongYaml = {
  codes: ['BROKEN_YAML', 'BROKEN_PLAYBOOK'],
  hint: 'Correct the file, or move it out of the folder.',
};

/**
 * Reads a YAML document by its schema.
 *
 * @param file the name used in messages
 * @throws MigrateError (exit 3) naming file:line:column
 */
export function readYaml<T extends z.ZodType>(
  schema: T,
  file: string,
  text: string,
  { codes, hint }: WrongYaml = PLAYBOOK,
): z.infer<T> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const place = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${Math.max(line, 1)}:${Math.max(col, 1)}`;
  };
  const notValid = (offset: number, sentence = '') =>
    new MigrateError(codes[0], `${place(offset)} is not valid YAML: ${sentence}.`, { hint });
  const broken = document.errors[0];
  if (broken)
    throw notValid(broken.pos[0], broken.message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, ''));
  // An alias means an anchor that stands before it. To ask each alias for its own would walk over the document for each.
  const anchors = new Set<string>();
  visit(document, {
    Node(_, node) {
      if (!isAlias(node)) {
        if (node.anchor) anchors.add(node.anchor);
      } else if (!anchors.has(node.source))
        throw notValid(node.range?.[0] ?? 0, `no anchor is called ${node.source}`);
    },
  });
  const result = schema.safeParse(document.toJS() ?? {});
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const path = [...(issue?.path ?? [])];
  if (issue?.code === 'unrecognized_keys') path.push(issue.keys[0] ?? '');
  const named = path.length > 0 ? ` ${path.map(String).join('.')}:` : '';
  throw new MigrateError(
    codes[1],
    `${place(offsetAt(path))}${named} ${issue?.message ?? 'is not understood'}.`,
    { hint },
  );

  /** The offset of the deepest part of a path that is written. */
  function offsetAt(keys: readonly PropertyKey[]): number {
    for (let length = keys.length; length > 0; length--) {
      const parent = document.getIn(keys.slice(0, length - 1), true);
      const last = keys[length - 1];
      if (isNode(parent) && 'items' in parent) {
        for (const item of parent.items as unknown[]) {
          const key = (item as { key?: { value?: unknown; range?: [number, number, number] } }).key;
          if (key?.value === last && key?.range) return key.range[0];
        }
      }
      const node = document.getIn(keys.slice(0, length), true);
      if (isNode(node) && node.range) return node.range[0];
    }
    return 0;
  }
}
