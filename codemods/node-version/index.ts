import type { Codemod, CodemodInput, CodemodOutput, SpanEdit } from '../../src/codemod/contract.ts';
import type { LeftForYou, Outcome } from '../../src/model/changeset.ts';
import { MigrateError } from '../../src/model/errors.ts';
import { ExitCode } from '../../src/model/exit.ts';
import { position } from '../../src/workspace/text.ts';
import { imagePins, isImages } from './images.ts';
import { manifestPins } from './manifest.ts';
import type { Pin } from './pin.ts';
import { isVersionFile, versionFilePins } from './version-files.ts';
import { isWorkflow, workflowPins } from './workflows.ts';

const ID = 'node-version';

const codemod: Codemod = {
  id: ID,
  title: 'One version of Node everywhere',
  from: 'node',
  to: 'node',
  description:
    'Version files, engines, images and the set-up of GitHub workflows name one exact version of Node.',
  options: [{ name: 'node', description: 'the exact version, as 24.21.0', required: true, default: '' }],
  prefilter: /node|^\s*v?\d+|lts/i,
  chooses: true,
  unit: 'place',
  run,
};

export default codemod;

async function run(input: CodemodInput): Promise<CodemodOutput> {
  const version = String(input.options.node ?? '');
  if (!/^\d+\.\d+\.\d+$/.test(version))
    throw new MigrateError('NO_VERSION', `--node is an exact version such as 24.21.0, not "${version}".`, {
      exitCode: ExitCode.usage,
    });
  const edits = new Map<string, SpanEdit[]>();
  const [outcomes, leftForYou]: [Outcome[], LeftForYou[]] = [[], []];
  for (const path of input.chosen ?? input.paths) {
    const read = readerOf(path);
    const text = read === null ? null : await input.read(path);
    if (read === null || text === null) continue;
    const own: SpanEdit[] = [];
    for (const { span, name, becomes, reason } of read(text, version)) {
      const place = { file: path, ...position(text, span.start) };
      if (reason !== undefined) {
        outcomes.push({ ...place, name, outcome: 'kept', reason });
        leftForYou.push({ ...place, codemod: ID, rule: 'pin', reason: `${name}: ${reason}` });
      } else if (becomes !== text.slice(span.start, span.end)) {
        outcomes.push({ ...place, name, outcome: 'converted' });
        own.push({ span, text: becomes, rule: 'pin' });
      }
    }
    if (own.length > 0) edits.set(path, own);
  }
  return {
    ...{ edits, created: new Map(), deleted: [], skipped: new Map(), failed: new Map() },
    ...{ outcomes, leftForYou, limits: [] },
    next:
      edits.size > 0
        ? ['Packages with compiled code are to be installed again: `npm rebuild`, or a fresh install.']
        : [],
  };
}

function readerOf(path: string): ((text: string, version: string) => Pin[]) | null {
  if (/(?:^|\/)package\.json$/.test(path)) return manifestPins;
  if (isWorkflow(path)) return workflowPins;
  if (isImages(path)) return (text, version) => imagePins(path, text, version);
  return isVersionFile(path) ? (text, version) => versionFilePins(path, text, version) : null;
}
