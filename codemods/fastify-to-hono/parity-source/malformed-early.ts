// What is said of JSON that is none, before Fastify 5.5: the words of Node's parser.
import { messageFor } from './json-errors.ts';

export function invalidJson(error: Error, text: string): Error {
  // Engines other than V8 have words of their own.
  if (error.message.startsWith('JSON Parse error')) error.message = messageFor(text) ?? error.message;
  return Object.assign(error, { statusCode: 400 });
}
