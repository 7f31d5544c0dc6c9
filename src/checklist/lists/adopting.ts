import { asked, type Check, type Context, type Found, no, unknown, yes } from '../contract.ts';
import {
  clients,
  guards,
  models,
  monitoringPackages,
  names,
  plural,
  signsOf,
  streamingRoutes,
} from '../facts.ts';
import { answersAll, figure } from '../tried.ts';

/** Twelve points before a runtime is adopted. */
export const adopting: readonly Check[] = [
  ['the choice goes by what the team knows', (c) => asked(c, 'team')],
  ['there is a budget for starts, and it is kept', startBudget],
  ['monitoring from the first day', monitored],
  ['the framework is mature there', (c) => provenThere(c, c.inventory.frameworks, 'framework')],
  [
    'libraries for login and validation work there',
    (c) => provenThere(c, guards(c.inventory), 'library for login or validation'),
  ],
  ['drivers of databases work there', (c) => provenThere(c, clients(c.inventory), 'client of a database')],
  [
    'the package manager is fast enough',
    ({ inventory: { packageManager } }) =>
      unknown(
        `${packageManager.name ?? 'The package manager'} was not timed here.`,
        'Time an install, cold and warm.',
      ),
  ],
  ['developers run what production runs', parity],
  ['memory and CPU are paid for knowingly', cost],
  ['it is known what binds to a vendor', lock],
  ['there is a way back, and it was walked', wayBack],
  ['streams and models are handled', streams],
];

function startBudget({ said, row, tried, target }: Context): Found {
  const budget = Number.parseFloat(said['start-budget'] ?? '');
  const measured = figure(row ?? tried?.ways.find(({ baseline }) => baseline), 'firstAnswer');
  const told = measured
    ? `The first answer came after ${Math.round(measured.at)} ms here.`
    : 'It was not measured here.';
  if (!Number.isFinite(budget))
    return unknown(
      `Nobody said how long it may take. ${told}`,
      'migrate checklist --answer start-budget="500 ms"',
    );
  if (!measured) return unknown(`It may take ${budget} ms. ${told}`, `migrate try --on ${target.spec}`);
  const outcome = `It may take ${budget} ms. ${told}`;
  return measured.high <= budget ? yes(outcome) : no(outcome, 'Load less at the start, or raise the budget.');
}

function monitored({ inventory, monitoring, target }: Context): Found {
  const found = monitoringPackages(inventory);
  if (found.length === 0)
    return no('No package that watches it was found.', 'Add OpenTelemetry or Sentry before anything moves.');
  const seen = monitoring?.outcome === 'PASS';
  return seen
    ? yes(`${names(found)}, and what arrives from ${target.spec} was compared.`, found[0]?.location)
    : unknown(
        `${names(found)} is there; that it arrives from ${target.spec} was not seen.`,
        `migrate observe --new ${target.spec}`,
        found[0]?.location,
      );
}

/** Packages that only a run can prove: what was tried of the whole application, or what was compared. */
function provenThere(
  { row, shadow, plan, target }: Context,
  found: readonly { name: string; location: Found['location'] }[],
  what: string,
): Found {
  const [first] = found;
  if (!first) return yes(`No ${what} was found.`);
  const blocker = plan?.blockers.find(({ sentence }) => found.some(({ name }) => sentence.includes(name)));
  if (blocker) return no(`${blocker.sentence}.`, blocker.remedy ?? 'Stay on Node.', blocker.location);
  if (shadow?.verdict === 'PASS')
    return yes(
      `${names(found)}: ${shadow.counts.compared} exchanges compared on ${target.spec}, PASS.`,
      first.location,
    );
  if (answersAll(row))
    return yes(
      `${names(found)}: tried on ${target.spec}, ${row?.answers?.of} answers are the same.`,
      first.location,
    );
  const differing =
    row?.failed === null && row.answers
      ? `${row.answers.same} of ${row.answers.of} answers are the same`
      : null;
  return unknown(
    `${names(found)} on ${target.spec}: ${differing ?? row?.failed ?? 'not tried as it is now'}.`,
    `migrate try --on ${target.spec}`,
    first.location,
  );
}

/** Programs that start TypeScript, in development where production starts what was built. */
function parity({ inventory, said }: Context): Found {
  const [first] = inventory.pinDisagreements;
  if (first) return no(first.sentence, 'Name one version everywhere.', first.locations[0] ?? null);
  const programs = (kind: string) =>
    new Set(inventory.scripts.filter((one) => one.kind === kind).flatMap(({ programs }) => programs));
  const RUNS = ['node', 'tsx', 'ts-node', 'bun', 'deno', 'nodemon', 'swc-node'];
  const [dev, production] = [programs('dev'), programs('production')];
  const other = RUNS.find(
    (name) => !['node', 'nodemon'].includes(name) && dev.has(name) && !production.has(name),
  );
  if (other && production.size > 0)
    return no(
      `Developers start it with ${other}, production does not.`,
      'Start what production starts once in CI, too.',
      inventory.scripts.find(({ kind }) => kind === 'dev')?.location,
    );
  const told = said.parity ? ` Said: ${said.parity}` : '';
  return yes(`All places name versions that go together.${told}`, inventory.pins[0]?.location);
}

function cost({ said, row, tried }: Context): Found {
  const memory = (way: typeof row | undefined) => {
    const found = figure(way, 'memory');
    return found ? `${Math.round(found.at / 1e6)} MB` : null;
  };
  const [before, after] = [memory(tried?.ways.find(({ baseline }) => baseline)), memory(row)];
  const told = before
    ? `Measured here: ${before} today${after ? `, ${after} there` : ''}.`
    : 'Memory was not measured here.';
  return said.cost
    ? yes(`Said: ${said.cost}. ${told}`)
    : unknown(
        `Nobody said what it costs. ${told}`,
        'migrate checklist --answer cost="4 instances of 512 MB, 80 a month"',
      );
}

function lock({ inventory }: Context): Found {
  const found = signsOf(inventory, 'runtime-api');
  const files = new Set(found.map(({ location }) => location?.file));
  const platforms = signsOf(inventory, 'platform');
  const told = `${plural(found.length, 'use')} of one runtime's own APIs in ${plural(files.size, 'file')}${platforms.length > 0 ? `; files of ${names(platforms)}` : ''}`;
  if (found.length === 0) return yes(`${told}.`, platforms[0]?.location);
  const what = `${told}: ${names(found)}.`;
  return files.size === 1
    ? yes(what, found[0]?.location)
    : no(what, 'Put them behind one module, so that the way out is one file.', found[0]?.location);
}

function wayBack({ rehearsal, plan }: Context): Found {
  if (rehearsal) {
    const told = rehearsal.reasons.join(' ');
    return rehearsal.outcome === 'PASS'
      ? yes(told)
      : no(told, `migrate rollback ${rehearsal.stage} --rehearse`);
  }
  const stage = plan?.stages.find(({ status, steps }) => status === 'ready' && steps.length > 0)?.id;
  return unknown('It was not rehearsed.', stage ? `migrate rollback ${stage} --rehearse` : 'migrate plan');
}

function streams({ inventory, shadow, target }: Context): Found {
  const routes = streamingRoutes(inventory);
  const clients = models(inventory);
  const location = routes[0]?.location ?? clients[0]?.location ?? null;
  if (routes.length === 0 && clients.length === 0)
    return yes('No route that streams and no client of a model was found.');
  const what = [
    routes.length > 0 ? `${plural(routes.length, 'route')} with streams` : '',
    clients.length > 0 ? `it calls ${names(clients)}` : '',
  ]
    .filter(Boolean)
    .join(', ');
  const probed = shadow?.verdict === 'PASS' && shadow.sides.new.runtime === target.name;
  if (probed) return yes(`${what}; compared event by event on ${target.spec}, PASS.`, location);
  return unknown(
    `${what}; whether what comes is passed on at once, and the work stops when a client leaves, was not seen on ${target.spec}.`,
    `migrate shadow run --new ${target.spec}:. --probe abort`,
    location,
  );
}
