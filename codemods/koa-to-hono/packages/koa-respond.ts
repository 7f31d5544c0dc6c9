import type { Lent } from '../state/conversion.ts';
import type { PackageRule, PackageUse } from './contract.ts';

/** What it puts on the context, with the status that each says. Source: koa-respond 2.1, lib/index.js. */
const STATUSES: Readonly<Record<string, number>> = {
  ...{ ok: 200, created: 201, noContent: 204, badRequest: 400, unauthorized: 401, forbidden: 403 },
  ...{ notFound: 404, locked: 423, internalServerError: 500, notImplemented: 501 },
};

const answers = (first?: string): Lent => ({
  ...{ support: 'respond', is: 'answers' },
  ...(first !== undefined && { first }),
});

const lends: Record<string, Lent> = { 'own.send': { ...answers(), is: 'answers' } };
for (const [name, status] of Object.entries(STATUSES)) lends[`own.${name}`] = answers(String(status));

/** Nothing is left to do for each request: what it puts on the context is called by its name. */
const native = ({ args }: PackageUse) => (args.length > 0 ? 'methods of its own were not compared' : null);

const rule: PackageRule = { name: 'koa-respond', lends, native };
export default rule;
