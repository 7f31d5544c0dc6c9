import type { Loading } from './loadings.ts';
import { removeLoading } from './remove.ts';
import { type Use, usesOf } from './uses.ts';
import type { Work } from './work.ts';

/** What is to be done at one use, and the places that speak against it. */
export interface Finding {
  edits: { node: object; text: string }[];
  problems: { node: object; why: string; advice?: string }[];
}

/** A use that stays, with the reason. */
export const refuse = (node: object, why: string, advice?: string): Finding => ({
  edits: [],
  problems: [{ node, why, ...(advice && { advice }) }],
});

/**
 * Takes a declaration out for a global of Node.js that does the same. All of its uses, or none: a part that stays needs the
 * package.
 *
 * @param also problems of the whole file, asked for where no use has one
 */
export function useGlobal(
  work: Work,
  loading: Loading,
  name: string,
  findingOf: (use: Use & { from: string }) => Finding,
  also: () => Finding['problems'] = () => [],
): void {
  const uses = usesOf(work, loading);
  const findings = uses.map(findingOf);
  const problems = findings.flatMap((each) => each.problems);
  if (uses.length === 0) problems.push({ node: loading.specifier, why: 'nothing uses what is loaded' });
  const isNamed = loading.names.some(({ binding }) => binding.name === name);
  if (!isNamed && !work.isUndeclared(name))
    problems.push({ node: loading.specifier, why: `\`${name}\` is the name of something else in this file` });
  if (problems.length === 0) problems.push(...also());
  const removal = problems.length === 0 ? removeLoading(work, loading) : null;
  if (removal !== null) problems.push({ node: loading.specifier, why: removal });
  for (const { node, why, advice } of problems) work.leave(node, 'use', why, advice);
  if (problems.length > 0) return;
  for (const { node, text } of findings.flatMap(({ edits }) => edits))
    if (work.textOf(node) !== text) work.replace(node, text, 'use');
  for (const { node } of uses) work.done(node, name);
}
