import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';

/** Scratch copies of a fixture: the original, and the one a codemod converted, both with their packages installed. */
export interface Application {
  scratch: string;
  original: string;
  converted: string;
}

/** @param root the repository, built */
export async function prepareApplication(root: string, name: string): Promise<Application> {
  const scratch = mkdtempSync(join(tmpdir(), 'migrate-faults-'));
  const [original, converted] = [join(scratch, 'original'), join(scratch, 'converted')];
  const filter = (from: string) => !/[\\/](node_modules|\.migrate|uploads)$/.test(from);
  for (const folder of [original, converted])
    cpSync(join(root, 'fixtures', name), folder, { recursive: true, filter });
  const cli = join(root, 'dist', 'src', 'cli.js');
  const convert = ['codemod', 'run', 'express-to-hono', '--write', '--allow-dirty', '--json'];
  await execa(process.execPath, [cli, ...convert], { cwd: converted });
  for (const folder of [original, converted])
    await execa('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', '--prefer-offline'], {
      cwd: folder,
    });
  return { scratch, original, converted };
}
