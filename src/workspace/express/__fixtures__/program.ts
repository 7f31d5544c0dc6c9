import { at } from '../../../model/at.ts';
import { analyzeExpress } from '../analyze.ts';
import type { ExpressProgram, HandlerArgument } from '../program.ts';

const PACKAGE = JSON.stringify({ name: 'app', dependencies: { express: '^4.18.0' } });

/** Analyses a program given as a map of files. */
export function analyze(files: Record<string, string>): Promise<ExpressProgram> {
  const all: Record<string, string> = { 'package.json': PACKAGE, ...files };
  return analyzeExpress({
    root: '/nowhere',
    paths: Object.keys(all),
    read: async (path) => all[path] ?? null,
  });
}

export const routes = (program: ExpressProgram) =>
  program.routes.map(({ method, path }) => `${method} ${path}`);
export const table = (program: ExpressProgram) =>
  program.routes.map(
    (route) => `${route.method} ${route.path} ${at(route.registration)} ${route.handlerName}`,
  );
export const functions = (program: ExpressProgram) =>
  Object.fromEntries(
    program.functions.map((fn) => [
      `${fn.file.path}#${fn.name}`,
      `${fn.kind} ${fn.roles.map((role) => role ?? '-').join()}`,
    ]),
  );
export const kinds = (argument: HandlerArgument): string =>
  argument.kind === 'array' ? `[${argument.items.map(kinds)}]` : argument.kind;
