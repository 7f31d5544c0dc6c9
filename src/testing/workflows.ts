import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildSync } from 'esbuild';

/** What GitHub's own parser says of a workflow. It imports JSON as only bundlers read it. */
export async function workflowMistakes(): Promise<(text: string) => string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'workflow-parser-'));
  const outfile = join(folder, 'parser.mjs');
  const entry = "export { NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser';";
  buildSync({
    stdin: { contents: entry, resolveDir: new URL('.', import.meta.url).pathname },
    ...{ bundle: true, format: 'esm', platform: 'node', outfile, logLevel: 'error' },
  });
  const { parseWorkflow, NoOperationTraceWriter } = (await import(
    pathToFileURL(outfile).href
  )) as typeof import('@actions/workflow-parser');
  rmSync(folder, { recursive: true, force: true });
  return (content) =>
    parseWorkflow({ name: 'a.yml', content }, new NoOperationTraceWriter())
      .context.errors.getErrors()
      .map(String);
}
