import type { Inventory } from '../model/inventory.ts';
import type { PlanTarget, StageItem } from '../model/plan.ts';
import { entryFile, oldSpec } from './project.ts';

/** Names that playbook conditions and texts may use. */
export type Facts = Readonly<Record<string, string | number | boolean>>;

/** What the stages and the table found out before the playbooks are read. */
export interface Counted {
  scripts: readonly StageItem[];
  routes: readonly StageItem[];
}

/** Packages that playbooks ask for. */
const ASKED = ['multer', 'uuid', 'rimraf', 'mkdirp', 'node-fetch', 'dotenv', 'ws', 'mocha'];

/** The plan's facts under the names playbooks use. */
export function planFacts(inventory: Inventory, target: PlanTarget, counted: Counted): Facts {
  const files = (test: (file: string) => boolean) =>
    new Set(inventory.deployment.map((item) => item.file).filter(test)).size;
  const used = (module: string) =>
    inventory.builtins.filter(
      (use) => use.module.replace(/^node:/, '').split('/')[0] === module && use.reach === 'production',
    ).length;
  const start = inventory.scripts.find(
    ({ name, manifest }) => name === 'start' && manifest === 'package.json',
  );
  const declares = (name: string) => inventory.dependencies.some((item) => item.name === name);
  const isExpress = inventory.frameworks.some((item) => item.package === 'express');
  return {
    target: target.name,
    spec: target.spec,
    old: oldSpec(inventory),
    entry: entryFile(inventory),
    manager: inventory.packageManager.name ?? 'npm',
    'lockfiles.count': inventory.packageManager.lockfiles.length,
    'module.declared': inventory.moduleSystem.declared ?? 'none',
    'module.commonjs': inventory.moduleSystem.files.commonjs,
    'module.typescript': inventory.moduleSystem.files.typescript,
    'framework.express': isExpress,
    'framework.koa': inventory.frameworks.some((item) => item.package === 'koa'),
    'framework.fastify': inventory.frameworks.some((item) => item.package === 'fastify'),
    'framework.hono': inventory.frameworks.some((item) => item.package === 'hono'),
    'framework.count': inventory.frameworks.length,
    'routes.total': counted.routes.length,
    'routes.eligible': counted.routes.filter((item) => item.moves).length,
    'scripts.total': counted.scripts.length,
    'scripts.eligible': counted.scripts.filter((item) => item.moves).length,
    'tests.files': inventory.counts.tests,
    'images.node': inventory.deployment.filter(
      ({ kind, value }) => kind === 'image' && /(?:^|\/)node(?:[:@]|$)/.test(value),
    ).length,
    'docker.files': files((file) => /(docker|container)file/i.test(file)),
    'ci.files': files((file) => file.startsWith('.github/') || file.includes('ci')),
    'pins.disagreements': inventory.pinDisagreements.length,
    'builtins.fs': used('fs'),
    'start.script': isPlainStart(start?.command, entryFile(inventory)),
    ...Object.fromEntries(ASKED.map((name) => [`dependencies.${name}`, declares(name)])),
  };
}

/** Whether the start script does nothing but start the entry with Node, so that another runtime can stand in its place. */
const isPlainStart = (command: string | undefined, entry: string): boolean =>
  command !== undefined && [`node ${entry}`, `node ./${entry}`].includes(command.trim());
