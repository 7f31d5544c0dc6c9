import type { ServerResponse } from 'node:http';
import type { Lend } from './bridge.ts';
import { expressAnswers } from './express-answers.ts';
import { formattedJson, formattedSend, type JsonFormat } from './json-format.ts';

/** Express's ways to answer under the settings `json spaces` and `json replacer`, on Node's response. */
export function formattedAnswers(format: JsonFormat): Lend {
  return (c, trust, answer) => {
    expressAnswers(c, trust, answer);
    const { outgoing } = c.env as { outgoing: ServerResponse };
    Object.assign(outgoing, {
      send: (value?: unknown) => answer(() => formattedSend(c, value, format)),
      json: (value?: unknown) => answer(() => formattedJson(c, value, format)),
    });
  };
}
