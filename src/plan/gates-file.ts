import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Document, isMap, parseDocument } from 'yaml';
import type { StageGates } from '../model/gates.ts';
import type { Plan } from '../model/plan.ts';
import { writeFileAtomic } from '../workspace/atomic.ts';
import { stateFolder } from '../workspace/state.ts';

/** The gates' path inside the repository. */
export const GATES_FILE = '.migrate/gates.yaml';

const HEAD = ` What must hold before a stage is promoted: \`migrate promote <stage>\` asks it of the evidence in .migrate/evidence.
 Proposed by \`migrate plan\`, which never changes what stands here; review it, and make it yours.
 Beside these always hold: each step is done or skipped with a reason, no waiver is over its date, evidence is of the
 committed code. Fields and their meaning: migrate promote --help.
`;

/**
 * Writes the gates of each stage with steps into `.migrate/gates.yaml`, where they are not there yet. What a person wrote
 * stays as it is; a file that is not valid is left for \`migrate promote\` to complain of.
 *
 * @returns the stages whose gates were added
 */
export function proposeGates(root: string, { stages }: Plan): string[] {
  const file = join(root, GATES_FILE);
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const document: Document = parseDocument(text);
  const wanted = stages.filter(({ steps, promote }) => steps.length > 0 && promote !== undefined);
  if (document.errors.length > 0 || !(document.contents === null || isMap(document.contents))) return [];
  const inside = document.get('stages');
  if (inside !== undefined && inside !== null && !isMap(inside)) return [];
  const missing = wanted.filter(({ id }) => !document.hasIn(['stages', id]));
  if (missing.length === 0) return [];
  if (text === '') document.commentBefore = HEAD.trimEnd();
  if (!isMap(inside)) document.set('stages', document.createNode({}));
  for (const { id, promote } of missing) document.setIn(['stages', id], document.createNode(plain(promote)));
  stateFolder(root);
  writeFileAtomic(file, document.toString({ lineWidth: 0 }));
  return missing.map(({ id }) => id);
}

/** Without what nobody wrote: the routes that have gates of their own. */
function plain(promote: StageGates | undefined): unknown {
  const { routes = {}, ...shadow } = promote?.shadow ?? {};
  const named = Object.keys(routes).length > 0 ? { routes } : {};
  return { ...promote, ...(promote?.shadow && { shadow: { ...shadow, ...named } }) };
}
