import { type Check, type Context, type Found, no, unknown, yes } from '../contract.ts';
import {
  blockingCalls,
  clients,
  healthRoutes,
  isFunctions,
  jobs,
  models,
  monitoringPackages,
  names,
  plural,
  signsOf,
  streamingRoutes,
} from '../facts.ts';

/** Agents that hook into Node, and stay silent elsewhere. */
const AGENTS = /^(dd-trace|newrelic|elastic-apm-node|applicationinsights)$/;

/** The second ten mistakes, each said as what should hold. */
export const moreMistakes: readonly Check[] = [
  ['Bun does not come too early to what much depends on', tooEarly],
  ['long work does not go to Workers', longWork],
  ['no call holds the loop while requests wait', blocking],
  ['functions that end do not stream answers', chat],
  [
    'another language is for what a profile names',
    ({ tried }) => {
      const profile = tried?.profile && 'measured' in tried.profile ? tried.profile.measured : null;
      if (!profile)
        return unknown('It was not profiled: nothing here asks for Go or Rust.', 'migrate try --profile');
      return yes(profile.sentence);
    },
  ],
  ['the edge is not taken for Node', edgeIsNode],
  [
    'a process for each request is not paid for unknowingly',
    ({ inventory }) => {
      if (!isFunctions(inventory)) return yes('It is not hosted as functions.');
      const place = inventory.functions[0]?.location ?? signsOf(inventory, 'platform')[0]?.location ?? null;
      return no(
        'It is hosted as functions, where a request has an instance for itself unless that is shared.',
        'Turn on Fluid compute (Vercel), or count what provisioned instances cost (Lambda), or take a server.',
        place,
      );
    },
  ],
  ['there is a light health check', health],
  ['logs are few enough to be paid for', logs],
  ['APIs of one runtime stand in one place', oneRuntime],
];

function tooEarly({ inventory, target, said, plan }: Context): Found {
  if (target.name !== 'bun') return yes(`The target is ${target.spec}.`);
  const agent = monitoringPackages(inventory).find(({ name }) => AGENTS.test(name));
  if (agent)
    return no(
      `${agent.name} hooks into Node, and its hooks stay silent on Bun.`,
      'migrate observe --new bun',
      agent.location,
    );
  const blocker = plan?.blockers.find(({ stages }) => stages.includes('full-switch'));
  if (blocker) return no(`${blocker.sentence}.`, blocker.remedy ?? 'Stay on Node.', blocker.location);
  return said.tier
    ? yes(`Said: ${said.tier}. No agent and no known blocker is here.`)
    : unknown(
        'No agent and no known blocker is here; how bad an hour without it is, nobody said.',
        'migrate checklist --answer tier="internal tool"',
      );
}

function longWork({ inventory, target, plan }: Context): Found {
  const [job] = jobs(inventory);
  if (target.name !== 'workers')
    return yes(`The target is ${target.spec}${job ? `; ${job.name} stays on it` : ''}.`, job?.location);
  if (job)
    return no(
      `${names(jobs(inventory))} works between requests, which a Worker does not.`,
      'Take Queues and Cron Triggers, or leave it on the origin.',
      job.location,
    );
  const slow = [...(plan?.blockers ?? []), ...(plan?.differences ?? [])].find(({ id }) =>
    id.startsWith('slow-'),
  );
  if (slow) return no(`${slow.sentence}.`, slow.remedy ?? 'Leave it on the origin.', slow.location);
  return yes('No queue, no timetable and no slow hash was found.');
}

function blocking({ inventory }: Context): Found {
  const found = blockingCalls(inventory);
  const [first] = found;
  if (!first) return yes('No call that waits (…Sync) stands where requests are answered.');
  const calls = [...new Set(found.map(({ module, member }) => `${module.replace(/^node:/, '')}.${member}`))];
  const shown = calls.slice(0, 4).join(', ') + (calls.length > 4 ? ` and ${calls.length - 4} more` : '');
  return no(
    `${plural(found.length, 'call')} that ${found.length === 1 ? 'holds' : 'hold'} the loop until done: ${shown}.`,
    'Take their promise, or do it once at the start.',
    first.location,
  );
}

function chat({ inventory }: Context): Found {
  const routes = streamingRoutes(inventory);
  const clients = models(inventory);
  const limit = signsOf(inventory, 'time-limit')[0];
  const gateway = signsOf(inventory, 'buffering')[0];
  const streams = routes.length > 0 || clients.length > 0;
  if (!streams) return yes('No route that streams and no client of a model was found.');
  const what =
    routes.length > 0 ? `${plural(routes.length, 'route')} with streams` : `it calls ${names(clients)}`;
  if (limit)
    return no(
      `${what}, and a request ends after ${limit.name} (s).`,
      'Raise the limit to the longest stream, or put that route on a server.',
      limit.location,
    );
  if (gateway)
    return no(
      `${what}, and ${gateway.name} holds answers back.`,
      'Turn its buffers off for streams.',
      gateway.location,
    );
  if (isFunctions(inventory))
    return no(
      `${what}, and it is hosted as functions, which end.`,
      'Set the longest time a function may take, or put that route on a server.',
      inventory.functions[0]?.location,
    );
  return yes(`${what}; it runs on servers, and no gateway here holds answers back.`, routes[0]?.location);
}

function edgeIsNode({ inventory, target }: Context): Found {
  const found = clients(inventory);
  const isEdge = target.name === 'workers' || signsOf(inventory, 'edge-runtime').length > 0;
  if (!isEdge) return yes(`The target is ${target.spec}.`);
  if (found.length === 0) return yes('It has no driver of a database.');
  return unknown(
    `${names(found)} was made for Node's sockets.`,
    'migrate try --on workers',
    found[0]?.location,
  );
}

function health({ inventory }: Context): Found {
  const found = healthRoutes(inventory);
  const [first] = found;
  const image = inventory.deployment.find(
    ({ kind, value }) => kind === 'command' && /healthcheck/i.test(value),
  );
  if (!first) {
    if (image) return yes(`The image checks it: ${image.value}.`, image.location);
    if (inventory.routes.length === 0) return unknown('No route could be read.', null);
    return no('No route answers whether it is well.', "Add one that asks nobody: app.get('/healthz', …).");
  }
  const heavy = first.needs.find(
    ({ kind, name }) => kind === 'package' && clients(inventory).some((one) => one.name === name),
  );
  if (heavy)
    return no(
      `${first.method} ${first.path} asks ${heavy.name}: a slow database then ends the application.`,
      'Keep it light; ask the database in another one.',
      heavy.location,
    );
  return yes(`${first.method} ${first.path} is there, and asks no database.`, first.location);
}

function logs({ inventory }: Context): Found {
  const lines = signsOf(inventory, 'log-call').filter(({ name }) =>
    /\.(log|info|debug|trace|dir)$/.test(name),
  );
  const each = inventory.middleware.find(({ package: name }) =>
    /^(morgan|pino-http|express-pino-logger|express-winston)$/.test(name),
  );
  const files = new Set(lines.map(({ location }) => location?.file)).size;
  if (lines.length === 0 && !each) return yes('It writes no lines of its own to the console.');
  const told = [
    lines.length > 0 ? `${plural(lines.length, 'call')} of console in ${plural(files, 'file')}` : '',
    each ? `${each.package} writes a line for each request` : '',
  ]
    .filter(Boolean)
    .join('; ');
  return unknown(
    `${told}. How many lines a request costs was not counted.`,
    'Count them: requests a second times lines times days kept is what is paid for.',
    each?.location ?? lines[0]?.location,
  );
}

function oneRuntime({ inventory }: Context): Found {
  const found = signsOf(inventory, 'runtime-api');
  const files = new Set(found.map(({ location }) => location?.file));
  if (found.length === 0) return yes('No API of one runtime alone is used.');
  const told = `${names(found)} in ${files.size} ${files.size === 1 ? 'file' : 'files'}.`;
  return files.size === 1
    ? yes(told, found[0]?.location)
    : no(told, 'Put them behind one module.', found[0]?.location);
}
