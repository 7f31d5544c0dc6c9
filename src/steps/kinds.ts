import { z } from 'zod';
import type { Actions } from '../plan/playbook.ts';
import { discover } from '../workspace/discover.ts';
import type { ActionKind } from './contract.ts';

/** Every kind of action there is, by its word. */
export async function actionKinds(): Promise<ReadonlyMap<string, ActionKind>> {
  const kinds = await discover<ActionKind>(new URL('./actions/', import.meta.url));
  return new Map(kinds.map((each) => [each.kind, each]));
}

/** What playbooks are read with. */
export async function playbookActions(): Promise<Actions> {
  const kinds = await actionKinds();
  const known = [...kinds.values()];
  const schema = z.looseObject({ do: z.string() }).superRefine((action, { addIssue }) => {
    const kind = kinds.get(action.do);
    if (!kind) {
      const message = `there is no action "${action.do}": there are ${[...kinds.keys()].join(', ')}`;
      addIssue({ code: 'custom', path: ['do'], message });
      return;
    }
    for (const { path, message } of kind.schema.safeParse(action).error?.issues ?? [])
      addIssue({ code: 'custom', path: [...path], message });
  });
  const of = (action: { do: string }): ActionKind => kinds.get(action.do) ?? (known[0] as ActionKind);
  return {
    schema,
    changes: (action) => kinds.get(action.do)?.changes(action) ?? false,
    describe: (action) => of(action).describe(action),
  };
}
