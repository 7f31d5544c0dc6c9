import type { CodemodInput, CodemodOutput, SpanEdit } from '../../src/codemod/contract.ts';
import type { Outcome } from '../../src/model/changeset.ts';
import type { ExpressFunction } from '../../src/workspace/express/program.ts';
import { child, children } from '../../src/workspace/syntax/nodes.ts';
import type { Places } from './attempt.ts';
import type { Conversion } from './conversion.ts';
import { bridgedOutcomes } from './handler-bridges.ts';
import { keptBehaviours, leftOutOf } from './idiomatic.ts';
import { importsOf } from './imports-of.ts';
import { nearestManifest, packageName } from './manifest.ts';
import { assembleParity, type ParityRequest } from './parity.ts';
import { releaseOf } from './parity-releases.ts';
import { convertTests } from './tests.ts';
import { writeWorker } from './workers.ts';
import { addImports } from './write-imports.ts';

/** One converted application: its part of the output, and what the parity module and package.json need for it. */
export interface Converted {
  conversion: Conversion;
  places: Places;
  parity: ParityRequest;
  output: Pick<
    CodemodOutput,
    | 'edits'
    | 'created'
    | 'deleted'
    | 'outcomes'
    | 'leftForYou'
    | 'limits'
    | 'leftOut'
    | 'kept'
    | 'notes'
    | 'next'
  >;
}

/** Collects the edits and new files of an application that converts. */
export async function finish(
  input: CodemodInput,
  conversion: Conversion,
  places: Places,
): Promise<Converted> {
  const edits = new Map<string, SpanEdit[]>();
  const appFile = conversion.program.routers.find(({ kind }) => kind === 'app')?.file;
  const parity: ParityRequest = {
    names: [...conversion.parity].sort(),
    format: appFile?.typescript || appFile?.module === 'esm' ? 'esm' : 'cjs',
    typescript: appFile?.typescript ?? false,
    expressVersion: conversion.version,
    release: await releaseOf(input, await nearestManifest(input, appFile?.path ?? ''), 'express'),
    bodyRules: conversion.bodyRules,
  };
  const tests = await convertTests(input, conversion);
  const worker =
    conversion.options.target === 'workers'
      ? await writeWorker(input, conversion, assembleParity(parity).runtimes, await packageName(input))
      : null;
  for (const work of conversion.files.values()) {
    addImports(conversion, work, places);
    const own = work.draft.edits();
    if (own.length > 0) edits.set(work.file.path, own);
  }
  const converted = [...conversion.units.values()].map(
    ({ fn }): Outcome => ({ ...fn.location, name: fn.name, outcome: 'converted' }),
  );
  const remarks = conversion.remarks.map(({ location, rule, reason }) => ({
    ...location,
    codemod: 'express-to-hono',
    rule,
    reason,
  }));
  return {
    ...{ conversion, places, parity },
    output: {
      edits,
      created: new Map([...(worker?.created ?? []), ...conversion.created]),
      deleted: conversion.deleted,
      outcomes: [...converted, ...conversion.bridges, ...bridgedOutcomes(conversion)],
      leftForYou: [...remarks, ...tests, ...(worker?.leftForYou ?? [])],
      limits: worker?.limits ?? [],
      leftOut: leftOutOf(conversion),
      kept: keptBehaviours(conversion),
      notes: aboutAsyncErrors(conversion),
      next: aboutHost(conversion),
    },
  };
}

/** What becomes of errors in async handlers, where Express 4 needed help with them. */
function aboutAsyncErrors(conversion: Conversion): string[] {
  if (conversion.version === 5) return [];
  const isPatched = [...conversion.files.values()].some((work) =>
    importsOf(work).some(({ module }) => module === 'express-async-errors'),
  );
  if (isPatched)
    return [
      '`express-async-errors` is no longer required: errors of async handlers reach the error handler as they are.',
    ];
  return [...conversion.units.values()].some(({ fn }) => mayReject(fn))
    ? ['Errors thrown in async handlers now reach the error handler; Express 4 left the request hanging.']
    : [];
}

/** Servers of `@hono/node-server` make a URL of each request (2.1.8, Node and Bun); Express went without a host. */
function aboutHost(conversion: Conversion): string[] {
  const servers = [...conversion.files.values()].map((work) => work.wanted.get('@hono/node-server'));
  return servers.some((wanted) => wanted?.has('serve') || wanted?.has('createAdaptorServer'))
    ? [
        'A health check without a Host header (HTTP/1.0, the default of some load balancers) gets 400 now: give it one.',
      ]
    : [];
}

/** Registered as it is, async, and not all of it inside a `try` with a `catch`. */
function mayReject(fn: ExpressFunction): boolean {
  const isWrapped = fn.uses.every(
    (use) =>
      use.kind !== 'registered' ||
      use.registration.handlers.some(
        (argument) => argument.kind === 'factory' && argument.wraps.includes(fn),
      ),
  );
  const body = child(fn.node, 'body');
  const statements = body === null ? [] : children(body, 'body');
  const isCaught = statements.length > 0 && statements.every((each) => child(each, 'handler') !== null);
  return fn.node.async === true && fn.kind !== 'helper' && !isWrapped && !isCaught;
}
