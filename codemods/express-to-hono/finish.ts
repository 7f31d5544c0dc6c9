import type { CodemodInput, SpanEdit } from '../../src/codemod/contract.ts';
import type { Outcome } from '../../src/model/changeset.ts';
import type { Span } from '../../src/model/location.ts';
import type { ExpressFunction } from '../../src/workspace/express/program.ts';
import { child, children } from '../../src/workspace/syntax/nodes.ts';
import { importsOf } from '../shared/edit/imports-of.ts';
import { keepComments } from '../shared/edit/kept-comments.ts';
import { nearestManifest } from '../shared/edit/manifest.ts';
import { releaseOf } from '../shared/to-hono/package-release.ts';
import type { Converted } from './application/converted.ts';
import type { Places } from './application/places.ts';
import { convertTests } from './application/tests.ts';
import { writeWorker } from './application/workers.ts';
import { addImports } from './application/write-imports.ts';
import { packageName } from './edit/manifest.ts';
import { mainApp } from './facts/routes/sub-apps.ts';
import { nativeOf } from './native/decide.ts';
import { needless } from './native/needs.ts';
import { assembleParity, type ParityRequest } from './parity/assemble.ts';
import type { Conversion, FileWork } from './state/conversion.ts';
import { keptBehaviours, leftOutOf } from './state/left-out.ts';
import { aboutWorlds, keptOutcomes, leftInExpress, leftOutBetween } from './worlds/report.ts';
import { routeWorlds } from './worlds/routes.ts';

/** Collects the edits and new files of an application that converts. */
export async function finish(
  input: CodemodInput,
  conversion: Conversion,
  places: Places,
): Promise<Converted> {
  const { worlds } = conversion;
  const edits = new Map<string, SpanEdit[]>();
  const appFile = mainApp(conversion.program)?.file;
  const isWorker = conversion.options.target === 'workers';
  const serve = worlds === null ? null : 'besideExpressInWorker';
  if (serve !== null && isWorker) conversion.parity.add(serve);
  const parity: ParityRequest = {
    names: [...conversion.parity].sort(),
    format: appFile?.typescript || appFile?.module === 'esm' ? 'esm' : 'cjs',
    typescript: appFile?.typescript ?? false,
    // As the application has Express: `import * as express` can be called only where there are no default imports.
    whole: conversion.program.imports.some(
      ({ file, whole, typeOnly }) => file === appFile && whole && !typeOnly,
    ),
    expressVersion: conversion.version,
    release: await releaseOf(input, await nearestManifest(input, appFile?.path ?? ''), 'express'),
    bodyRules: conversion.bodyRules,
    native: nativeOf(conversion),
    without: conversion.idiomatic === null ? [] : needless(conversion),
    ...(conversion.ownServer !== null && { server: conversion.ownServer.runtime }),
  };
  const tests = await convertTests(input, conversion);
  const worker = isWorker
    ? await writeWorker(input, conversion, assembleParity(parity).runtimes, {
        name: await packageName(input),
        ...{ places, serve },
      })
    : null;
  for (const work of conversion.files.values()) {
    addImports(conversion, work, places);
    const { edits: own, gone } = keepComments(work.file, work.layout, work.draft.edits());
    if (own.length > 0) edits.set(work.file.path, own);
    for (const comment of gone)
      conversion.remarks.push({
        location: work.file.locate(comment.start),
        rule: 'comments',
        reason: goneWithCode(work, comment),
      });
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
      outcomes: [
        ...converted,
        ...conversion.bridges,
        ...(worlds === null ? [] : keptOutcomes(conversion, worlds)),
      ],
      leftForYou: [
        ...(worlds === null ? [] : leftInExpress(worlds)),
        ...remarks,
        ...tests,
        ...(worker?.leftForYou ?? []),
      ],
      limits: worker?.limits ?? [],
      ...(worlds !== null && {
        moved: new Map([...edits.keys()].map((path) => [path, worlds.moved.get(path) ?? []])),
      }),
      routes: routeWorlds(conversion, worlds),
      leftOut: [...leftOutOf(conversion), ...(worlds === null ? [] : leftOutBetween(worlds))],
      kept: keptBehaviours(conversion),
      notes: [...(worlds === null ? [] : aboutWorlds(conversion, worlds)), ...aboutAsyncErrors(conversion)],
      next: aboutHost(conversion),
    },
  };
}

function goneWithCode({ file }: FileWork, { start, end }: Span): string {
  const [line = ''] = file.text.slice(start, end).split('\n');
  return `this comment went with the code it stood in: \`${line.trim().slice(0, 60)}\``;
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

/** Servers of `@hono/node-server` make a URL of each request (2.1.8, Node, Bun and Deno); Express looked at its path alone. */
function aboutHost(conversion: Conversion): string[] {
  const servers = [...conversion.files.values()].map((work) => work.wanted.get('@hono/node-server'));
  return servers.some((wanted) => wanted?.has('serve') || wanted?.has('createAdaptorServer'))
    ? [
        'A health check without a Host header (HTTP/1.0, the default of some load balancers) gets 400 now: give it one.',
        'A path with a backslash, the target `*` and a Host that is no host get 400 now, before any route: `migrate shadow run --probe malformed` shows it.',
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
