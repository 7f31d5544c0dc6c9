// Runs in a process of its own, on the Node that runs migrate: serves one bundled Worker with Miniflare until SIGTERM.
// Node built-ins only; Miniflare is imported from the cache.
import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';

const { miniflare, script, modules, options } = JSON.parse(await readFile(process.argv[2] ?? '', 'utf8'));
const { Miniflare } = await import(pathToFileURL(miniflare).href);

const beside = await Promise.all(
  modules.map(async ({ type, path, file }: Record<'type' | 'path' | 'file', string>) => {
    const contents = await readFile(file);
    return { type, path, contents: type === 'Text' ? contents.toString('utf8') : contents };
  }),
);

const server = new Miniflare({
  ...options,
  modules: [{ type: 'ESModule', path: 'worker.mjs', contents: await readFile(script, 'utf8') }, ...beside],
});

const stop = async () => {
  await server.dispose();
  process.exit(0);
};
process.once('SIGTERM', stop);
process.once('SIGINT', stop);

try {
  await server.ready;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  await server.dispose().catch(() => {});
  process.exit(1);
}
