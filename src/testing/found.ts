import { expect } from 'vitest';
import { collectInventory } from '../inventory/index.ts';
import { project } from './project.ts';

/** A server of Express with one route, as a file. */
export const SERVER =
  "const express = require('express');\nconst app = express();\napp.get('/notes', (req, res) => res.send('x'));\napp.listen(1);\n";

/**
 * `name file` of the findings of one kind in a repository that is written for it.
 *
 * @param manifest fields of package.json beside a name, `main: app.js` and Express; null: there is none
 */
export async function found(
  kind: string,
  files: Record<string, string>,
  manifest: Record<string, unknown> | null = {},
  prepare?: (root: string) => void,
): Promise<string[]> {
  const root = project({
    ...(manifest && {
      'package.json': JSON.stringify({
        ...{ name: 'a', main: 'app.js', dependencies: { express: '5' } },
        ...manifest,
      }),
    }),
    ...files,
  });
  prepare?.(root);
  const { findings, notChecked } = await collectInventory(root);
  expect(notChecked.filter(({ reason }) => reason.includes('failed'))).toEqual([]);
  return findings
    .filter(({ id }) => id === kind)
    .flatMap(({ name, places }) => places.map(({ file }) => `${name} ${file}`));
}
