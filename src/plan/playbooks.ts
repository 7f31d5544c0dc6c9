import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MigrateError } from '../model/errors.ts';
import { listShipped, readShipped } from '../workspace/shipped.ts';
import { readYaml } from '../workspace/yaml.ts';
import { type Actions, type Playbook, playbookOf } from './playbook.ts';

export interface LoadedPlaybook extends Playbook {
  /** `full-switch.yaml`, or `.migrate/playbooks/ours.yaml` for a repository's own. */
  file: string;
}

/**
 * The shipped stages and the repository's own from `.migrate/playbooks/*.yaml`, in stage order. A repository's
 * playbook with the id of a shipped one replaces it.
 *
 * @param actions what a step can be made of
 * @throws MigrateError (exit 3) naming file:line:column for a playbook that is not valid
 */
export function loadPlaybooks(root: string, actions: Actions): LoadedPlaybook[] {
  const schema = playbookOf(actions);
  const byId = new Map<string, LoadedPlaybook>();
  for (const name of listShipped()) {
    const playbook = readYaml(schema, name, readShipped(name));
    byId.set(playbook.id, { ...playbook, file: name });
  }
  const seen = new Map<string, string>();
  const folder = join(root, '.migrate', 'playbooks');
  const own = existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => /\.ya?ml$/.test(name))
        .sort()
    : [];
  for (const name of own) {
    const file = `.migrate/playbooks/${name}`;
    const playbook = readYaml(schema, file, readFileSync(join(folder, name), 'utf8'));
    const twin = seen.get(playbook.id);
    if (twin) {
      throw new MigrateError('BROKEN_PLAYBOOK', `${file}:1:1 has the id ${playbook.id}, as ${twin} does.`, {
        hint: 'Give one of them another id.',
      });
    }
    seen.set(playbook.id, file);
    byId.set(playbook.id, { ...playbook, file });
  }
  return [...byId.values()].sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1));
}
