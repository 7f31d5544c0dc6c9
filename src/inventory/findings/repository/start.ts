import { invocations } from '../../../workspace/command-line.ts';
import { evidenceAt } from '../../evidence.ts';
import { isRecord } from '../../manifests.ts';
import { parseConfig } from '../../readers/json.ts';
import { commandPlaces } from '../commands.ts';
import type { RepositoryRule } from '../repository-rule.ts';
import type { Seen } from '../seen.ts';

/** Programs that start TypeScript or Babel sources on Node. */
const TRANSPILERS = new Set([
  'ts-node',
  'ts-node-esm',
  'tsx',
  'babel-node',
  'swc-node',
  'sucrase-node',
  'vite-node',
]);
const WATCHERS = new Set(['nodemon', 'ts-node-dev', 'tsnd', 'node-dev', 'supervisor', 'forever']);
const PM2 = /(^|\/)(ecosystem|pm2|process)[\w.-]*\.(config\.)?(c?js|json)$/;

const rule: RepositoryRule = {
  id: 'start',
  title: 'programs that start the application',
  kinds: ['start-transpiler', 'start-babel', 'start-watcher', 'pm2-process', 'pm2-cluster'],
  async see(look) {
    const seen: Seen[] = [];
    for (const { how, text, ...evidence } of await commandPlaces(look)) {
      if (how !== 'command') continue;
      for (const { program, args } of invocations(text)) {
        if (program === 'babel-node') seen.push({ ...evidence, kind: 'start-babel', name: program });
        else if (TRANSPILERS.has(program))
          seen.push({ ...evidence, kind: 'start-transpiler', name: program });
        if (WATCHERS.has(program)) seen.push({ ...evidence, kind: 'start-watcher', name: program });
        if (/^pm2(-runtime|-docker)?$/.test(program)) {
          const at = args.findIndex((arg) => arg === '-i' || arg === '--instances');
          const isMany = at >= 0 && args[at + 1] !== '1';
          seen.push({ ...evidence, kind: isMany ? 'pm2-cluster' : 'pm2-process', name: program });
        }
      }
    }
    for (const file of look.repository.files.filter((path) => PM2.test(path))) {
      const text = await look.repository.read(file);
      if (text === null) continue;
      const config = parseConfig(text);
      for (const app of (Array.isArray(config.apps) ? config.apps : []).filter(isRecord)) {
        const isMany =
          /^cluster/.test(String(app.exec_mode ?? '')) ||
          (app.instances !== undefined && app.instances !== 1 && app.instances !== '1');
        const key = isMany ? (app.exec_mode === undefined ? 'instances' : 'exec_mode') : 'apps';
        // What starts it today is another runtime than Node: a switch changes the interpreter's name.
        if (/(?:^|\/)(?:bun|deno)$/.test(String(app.interpreter ?? ''))) continue;
        seen.push({
          ...evidenceAt(file, text, Math.max(text.indexOf(key), 0), 'read'),
          kind: isMany ? 'pm2-cluster' : 'pm2-process',
          name: 'pm2',
        });
      }
    }
    return { seen };
  },
};

export default rule;
