import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { transform } from 'esbuild';
import { scriptText } from '../../runtimes/index.ts';
import type { RouteShape } from '../../shadow/index.ts';

/** A program that writes down the routes of the application it is loaded into. See `hook-program.ts`. */
export interface RouteHook {
  preload: string;
  routes(): RouteShape[];
}

/** @param folder where the program and its report are written */
export async function routeHook(folder: string): Promise<RouteHook> {
  mkdirSync(folder, { recursive: true });
  const [preload, report] = [join(folder, 'route-hook.cjs'), join(folder, 'routes.jsonl')];
  const { code } = await transform(await scriptText('hook-program', import.meta.url), {
    ...{ format: 'cjs', target: 'node12', define: { REPORT: JSON.stringify(report) } },
  });
  writeFileSync(preload, code.replaceAll('require("node:', 'require("'));
  return {
    preload,
    routes: () =>
      existsSync(report)
        ? readFileSync(report, 'utf8')
            .split('\n')
            .slice(0, -1)
            .map((line): RouteShape => JSON.parse(line))
        : [],
  };
}
