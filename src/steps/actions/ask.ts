import { z } from 'zod';
import { actionKind } from '../contract.ts';

const schema = z.strictObject({ do: z.literal('ask'), question: z.string() });

/** A person does something and says so. What was said, by whom and when, is in the log. */
export default actionKind({
  kind: 'ask',
  schema,
  changes: () => false,
  describe: ({ question }) => `you: ${question}`,
  async run({ question }, { ask }) {
    const answer = (await ask(question)).trim();
    if (/^(n|no|not yet|)$/i.test(answer))
      return { outcome: 'failed', summary: `not done yet: ${question}`, detail: { answer } };
    return { outcome: 'done', summary: `answered: ${answer}`, detail: { question, answer } };
  },
});
