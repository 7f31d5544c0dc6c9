import { join } from 'node:path';
import type { PromotionCheck } from '../model/promotion.ts';
import { readWaivers } from '../workspace/waivers/read.ts';
import { fails, holds, type Subject } from './subject.ts';

/** No accepted difference is over its date. @throws MigrateError WAIVERS_INVALID naming the file and the field */
export function checkWaivers({ repository, today }: Subject): PromotionCheck[] {
  const waivers = readWaivers(join(repository.root, '.migrate', 'waivers.yaml'));
  const expired = waivers.filter(({ expires }) => expires < today);
  if (expired.length === 0)
    return waivers.length > 0 ? [holds('waivers', `${waivers.length} accepted, none is over its date.`)] : [];
  return expired.map(({ route, location, expires, reason }) =>
    fails(
      'waivers',
      `Accepted until ${expires}: ${location} (${reason}).`,
      'Renew it in .migrate/waivers.yaml or take it out, then compare again',
      route,
    ),
  );
}
