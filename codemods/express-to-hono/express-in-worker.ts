import { dirname } from 'node:path';
import type { CodemodInput, CodemodOutput } from '../../src/codemod/contract.ts';
import type { Modules } from '../../src/workspace/syntax/modules.ts';
import { placesOf } from './application/places.ts';
import { declareNames } from './application/undeclared.ts';
import { writeWorker } from './application/workers.ts';
import { packageName } from './edit/manifest.ts';
import { emptyOutput } from './empty-output.ts';
import { refusals } from './outcomes.ts';
import { assembleParity } from './parity/assemble.ts';
import { type Conversion, createConversion } from './state/conversion.ts';
import type { KeptBack } from './worlds/divide.ts';
import { IN_WORKER } from './worlds/report.ts';
import { type NoWorker, noWorker } from './worlds/workers/no-worker.ts';

const SERVE = 'expressInWorker';

const NO_ENTRY = 'no entry for Workers could be written';

/**
 * A Worker that serves the Express application as it is written, where nothing of it can become Hono's: its files are new,
 * and the application is exported if it was not.
 *
 * @param refused the conversion of all of it, with its problems
 * @returns what it lacks where the Worker would not start or no entry can be written; null where somebody asked for routes of
 *   Hono's, or for another target
 */
export async function expressInWorker(
  input: CodemodInput,
  refused: Conversion,
  { stays, modules }: { stays: KeptBack['stays']; modules: Modules },
): Promise<CodemodOutput | NoWorker | null> {
  const { options, program } = refused;
  if (options.target !== 'workers' || options.unasked !== null) return null;
  const lacking = noWorker(refused);
  if (lacking !== null) return lacking;
  const conversion = createConversion(program, options);
  declareNames(conversion, modules);
  const places = placesOf(conversion);
  if ((await input.read(places.parity)) !== null) return null;
  const app = program.routers.find(({ kind }) => kind === 'app');
  const name = await packageName(input);
  const worker = await writeWorker(input, conversion, {}, { name, places, serve: SERVE });
  const isWritten = [...worker.created.keys()].some(
    (path) => dirname(path) === dirname(app?.file.path ?? ''),
  );
  if (app === undefined) return null;
  if (!isWritten) return { location: app.location, reason: worker.leftForYou[0]?.reason ?? NO_ENTRY };
  const { text } = assembleParity({
    names: [SERVE],
    format: app.file.typescript || app.file.module === 'esm' ? 'esm' : 'cjs',
    typescript: app.file.typescript,
    expressVersion: conversion.version,
  });
  const output = refusals(refused, emptyOutput(), stays, true);
  return {
    ...output,
    skipped: new Map(),
    edits: new Map(
      [...conversion.files.values()].flatMap(({ file, draft }) => {
        const edits = draft.edits();
        return edits.length === 0 ? [] : [[file.path, edits] as const];
      }),
    ),
    created: new Map([...worker.created, [places.parity, text]]),
    leftForYou: [...output.leftForYou.map(({ blocks: _, ...each }) => each), ...worker.leftForYou],
    notes: ["Nothing of it becomes Hono's: the Worker serves the Express application as it is.", IN_WORKER],
  };
}
