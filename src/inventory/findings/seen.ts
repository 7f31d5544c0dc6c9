import type { Evidence } from '../../model/inventory.ts';

/** One place where something was seen: the kind is a row of `playbooks/data/findings.yaml`. */
export interface Seen extends Evidence {
  kind: string;
  name: string;
}
