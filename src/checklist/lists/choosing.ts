import { asked, type Check, type Context, type Found, no, unknown, yes } from '../contract.ts';
import { declared, monitoringPackages, names, signsOf } from '../facts.ts';
import { nodeReleases } from '../releases.ts';
import { answersAll, figure } from '../tried.ts';

const OLD_BUNDLERS = /^(webpack|rollup|parcel|browserify|gulp|@babel\/cli)$/;
const NEW_BUNDLERS = /^(esbuild|@swc\/core|@swc\/cli|rolldown|tsup|tsdown|turbopack|vite|@rspack\/core)$/;
const RUNNERS = /^(vitest|jest|mocha|ava|tap|jasmine|uvu)$/;

/** Twelve points before a runtime is chosen. */
export const choosing: readonly Check[] = [
  ['stability first: a long-term release of Node, and one that has not ended', stability],
  ['speed and comfort: Bun was tried with this application', (c) => triedOn(c, 'bun')],
  ['TypeScript and permissions: Deno was tried with this application', (c) => triedOn(c, 'deno')],
  ['the edge of the world: it is known where users are', (c) => asked(c, 'latency')],
  [
    'WebAssembly and other languages: Fastly Compute where they are',
    ({ inventory }) => {
      const [wasm] = signsOf(inventory, 'wasm');
      return wasm
        ? unknown('WebAssembly is here.', 'migrate plan --target fastly', wasm.location)
        : yes('No WebAssembly is here, so nothing asks for it.');
    },
  ],
  ['a framework that runs everywhere was considered: Hono', hono],
  [
    'the package manager: pnpm or bun',
    ({
      inventory: {
        packageManager: { name, lockfiles },
      },
    }) => {
      const location = lockfiles[0]?.location ?? null;
      if (name === 'pnpm' || name === 'bun') return yes(`${name} is in use.`, location);
      return unknown(
        `${name ?? 'None that is known'} is in use; how long an install takes was not timed.`,
        'Time an install of each, cold and warm.',
        location,
      );
    },
  ],
  [
    'the bundler: esbuild, swc, Rolldown or Turbopack, or none',
    ({ inventory }) => {
      const [old] = declared(inventory, OLD_BUNDLERS);
      if (old)
        return no(`${old.name} builds here.`, 'Try esbuild, swc, Rolldown or Turbopack.', old.location);
      const found = declared(inventory, NEW_BUNDLERS);
      return yes(
        found.length > 0 ? `${names(found)} builds here.` : 'No bundler is declared.',
        found[0]?.location,
      );
    },
  ],
  ['the test runner: Vitest, bun test or node:test', testRunner],
  ['monitoring works there', monitoring],
  ['compiled packages load there', addons],
  ['what the team knows and has to learn', (c) => asked(c, 'team')],
];

function stability({ inventory, today }: Context): Found {
  const { found, source, asOf } = nodeReleases(inventory.pins);
  const [first] = found;
  if (!first)
    return unknown('No place says which Node it runs on.', 'Name it in engines, .nvmrc or the image.');
  const { release, ends, longTerm, pin } = first;
  const told = `Node ${release} ${ends < today ? 'ended' : 'ends'} on ${ends} (${source}, ${asOf}).`;
  if (ends < today) return no(told, 'migrate plan --target node@24', pin.location);
  return longTerm
    ? yes(told, pin.location)
    : no(`Node ${release} is no long-term release. ${told}`, 'migrate plan --target node@24', pin.location);
}

function triedOn({ tried }: Context, name: 'bun' | 'deno'): Found {
  const row = tried?.ways.find((way) => !way.baseline && way.code === 'as-is' && way.runtime?.name === name);
  const baseline = tried?.ways.find((way) => way.baseline);
  if (!row) return unknown('It was not tried as it is now.', `migrate try --on ${name}`);
  const on = `${name} ${row.runtime?.version}`;
  if (row.failed !== null) return yes(`Tried: on ${on} it does not start: ${row.failed}.`);
  const same = `${row.answers?.same ?? 0} of ${row.answers?.of ?? 0} answers are the same`;
  const [before, after] = [figure(baseline, 'p50'), figure(row, 'p50')];
  const speed = before && after ? `, p50 ${before.at.toFixed(1)} → ${after.at.toFixed(1)} ms` : '';
  return yes(`Tried: on ${on} ${same}${speed}.`);
}

function hono({ inventory, tried }: Context): Found {
  const own = inventory.frameworks.find(({ package: name }) => name === 'hono');
  if (own) return yes('It is written with Hono.', own.location);
  const converted = tried?.ways.find(({ code, failed }) => code === 'converted' && failed === null);
  if (converted?.answers)
    return yes(
      `Tried: converted it answers ${converted.answers.same} of ${converted.answers.of} the same on ${converted.spec}.`,
    );
  const framework = inventory.frameworks.find(({ package: name }) => name === 'express' || name === 'koa');
  if (framework)
    return unknown(
      'What a conversion changes was not looked at.',
      `migrate codemod run ${framework.package}-to-hono`,
      framework.location,
    );
  return unknown(
    'No codemod converts what it is written with.',
    null,
    inventory.frameworks[0]?.location ?? null,
  );
}

function testRunner({ inventory }: Context): Found {
  const found = declared(inventory, RUNNERS).find(({ name }) => name !== 'vitest');
  if (found)
    return no(
      `${found.name} runs the tests.`,
      'Vitest runs them nearly as they are; node:test and bun test need no package.',
      found.location,
    );
  const test = inventory.scripts.find(({ kind }) => kind === 'test');
  if (inventory.counts.tests === 0 && !test)
    return no('There are no tests.', 'Write some before anything moves: nothing else tells what must stay.');
  return yes(
    test ? `The tests run by \`${test.command}\`.` : `${inventory.counts.tests} test files.`,
    test?.location,
  );
}

function monitoring({ inventory, monitoring: seen, target }: Context): Found {
  const next = `migrate observe --new ${target.spec}`;
  if (seen) {
    const told = seen.reasons.join(' ');
    return seen.outcome === 'PASS'
      ? yes(told)
      : seen.outcome === 'FAIL'
        ? no(told, next)
        : unknown(told, next);
  }
  const [first] = monitoringPackages(inventory);
  if (!first)
    return no('No package that watches it was found.', 'Add OpenTelemetry or Sentry before anything moves.');
  return unknown(
    `${names(monitoringPackages(inventory))} was not seen to arrive from ${target.spec}.`,
    next,
    first.location,
  );
}

function addons({ inventory, plan, row, target }: Context): Found {
  const loaded = inventory.nativeAddons.filter(
    ({ package: name }) => inventory.dependencies.find((one) => one.name === name)?.kind !== 'dev',
  );
  if (loaded.length === 0) return yes('No compiled package is loaded.');
  const known = loaded.map(({ package: name }) => ({ name }));
  const blocker = plan?.blockers.find(({ sentence }) => known.some(({ name }) => sentence.includes(name)));
  if (blocker) return no(`${blocker.sentence}.`, blocker.remedy ?? 'Stay on Node.', blocker.location);
  if (answersAll(row))
    return yes(
      `${names(known)}: tried on ${target.spec}, it starts and answers the same.`,
      loaded[0]?.location,
    );
  return unknown(
    `${names(known)} was not loaded on ${target.spec}.`,
    `migrate try --on ${target.spec}`,
    loaded[0]?.location,
  );
}
