import { posix } from 'node:path';
import type { ExternalCall } from '../../../syntax/flow/flow.ts';
import type { ObjectValue } from '../../../syntax/flow/values.ts';
import type { Scope } from '../../model.ts';
import type { Reading } from '../../reader.ts';
import { exportsOf, isExternal } from '../../values.ts';
import { routeObjects, stepsOf } from './routes.ts';

export const HAUTE_COUTURE = '@hapipal/haute-couture';

/** A plugin that haute-couture composes of the files below its folder. */
interface Composed {
  folder: string;
  call: ExternalCall;
}

const isCompose = ({ callee }: ExternalCall): boolean =>
  isExternal(callee) && callee.module === HAUTE_COUTURE && /^compose(With)?$/.test(callee.path.at(-1) ?? '');

/**
 * The files of routes of a plugin, by its folder. Source: haute-couture 4, `routes/` of its manifest: each file below it
 * exports a route or a list of them; folders named `helpers` are none.
 */
const routeFiles = ({ modules }: Reading, folder: string): string[] =>
  modules.paths.filter((path) => {
    const below = folder === '' ? path : path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : '';
    return /^routes(\/|\.[cm]?[jt]s$)/.test(below) && !/(^|\/)helpers(\/|\.)/.test(below);
  });

const folderOf = (path: string): string => posix.dirname(path).replace(/^\.$/, '');

/** Takes in the files that such a plugin loads by their place. */
export function includeFolders(reading: Reading): void {
  reading.flow.onExternalCall((call) => {
    if (isCompose(call))
      for (const path of routeFiles(reading, folderOf(call.file.path))) reading.flow.include(path);
  });
}

/** The routes of those plugins, each below the prefix that a manifest of Glue, or `register`, gives it. */
export function folderScopes(reading: Reading, prefixOf: (options: ObjectValue) => string): Scope[] {
  const composed = new Map<string, Composed>();
  for (const call of reading.flow.externalCalls)
    if (isCompose(call)) composed.set(folderOf(call.file.path), { folder: folderOf(call.file.path), call });
  return [...composed.values()].flatMap(({ folder, call }): Scope[] => {
    const location = call.file.locate(call.node.start);
    const plugin: Scope = {
      ...{ framework: '@hapi/hapi', kind: 'plugin', location, middleware: 'whole' },
      steps: routeFiles(reading, folder).flatMap((path) => {
        const file = reading.modules.file(path);
        if (file === null) return [];
        const values = exportsOf(reading.flow, reading.flow.moduleOf(path));
        return routeObjects(reading, values).flatMap((object) =>
          stepsOf(reading, object, { file, node: file.program }, object),
        );
      }),
    };
    const used = usedBy(reading, folder);
    if (used === null) {
      reading.notFollowed(
        'where a plugin of hapi is registered',
        'no manifest that could be followed names it',
        location,
      );
      return [plugin];
    }
    const place = used.file.locate(used.node.start);
    const mount = { kind: 'mount' as const, scope: plugin, prefix: prefixOf(used), location: place };
    return [
      {
        ...{ framework: '@hapi/hapi', kind: 'application', location: place, middleware: 'whole' },
        steps: [mount],
      },
      plugin,
    ];
  });
}

/** The entry of a manifest that names a folder as a plugin: `{ plugin: '../lib', routes: { prefix } }`. */
function usedBy({ flow, arguments: args }: Reading, folder: string): ObjectValue | null {
  for (const file of flow.files.values()) {
    if (!/\bplugin\b/.test(file.text)) continue;
    for (const [node, { values }] of flow.expressionsIn(file))
      for (const value of values) {
        if (value.kind !== 'object' || value.node !== node) continue;
        const plugin = args.property(value, 'plugin');
        if (plugin === null) continue;
        const named = args.texts(plugin).map((text) => posix.join(posix.dirname(file.path), text));
        const isText = named.some((path) => path === folder || folderOf(path) === folder);
        const isModule = plugin.values.some(
          (held) => held.kind === 'module' && folderOf(held.path) === folder,
        );
        if (isText || isModule) return value;
      }
  }
  return null;
}
