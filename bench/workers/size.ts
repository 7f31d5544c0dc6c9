import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { transform } from 'esbuild';
import { bundleWorker } from '../../src/runtimes/workers/bundle.ts';
import { readWranglerFile } from '../../src/runtimes/workers/wrangler-file.ts';

/** Bytes of the one module that a Worker is uploaded as. */
export interface Size {
  minified: number;
  gzipped: number;
}

/** Bundles the Worker of a converted application as `migrate` runs it, and minifies it. */
export async function bundleSize(folder: string): Promise<Size> {
  const settings = await readWranglerFile(folder);
  if (settings?.main === undefined) throw new Error(`${folder} has no Wrangler file that names its entry`);
  const scratch = mkdtempSync(join(tmpdir(), 'migrate-bundle-'));
  try {
    const file = await bundleWorker(folder, settings.main, scratch, settings);
    const { code } = await transform(readFileSync(file, 'utf8'), { minify: true, format: 'esm' });
    return { minified: Buffer.byteLength(code), gzipped: gzipSync(code).length };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
