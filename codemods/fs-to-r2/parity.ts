import type { Call } from '../../src/workspace/syntax/flow/flow.ts';
import { child, field, isFunction } from '../../src/workspace/syntax/nodes.ts';
import type { ParsedFile } from '../../src/workspace/syntax/parse.ts';
import type { HonoProgram } from './hono.ts';

/** How the module begins that the Express codemod writes into a repository. */
const HEADER = 'Keeps what clients saw of this application when it ran on Express';

export const isParity = (file: ParsedFile): boolean => file.text.slice(0, 400).includes(HEADER);

/** Functions of the parity module that read or write files. */
export type FileFunction = 'diskStorage' | 'upload' | 'sendFile' | 'download' | 'serveStatic';

const FILE_FUNCTIONS: ReadonlySet<string> = new Set([
  'diskStorage',
  'upload',
  'sendFile',
  'download',
  'serveStatic',
]);

export interface ParityCall {
  name: FileFunction;
  call: Call;
  /** Whether this module's function takes `files`; one written by an older version may not. */
  takesFiles: boolean;
}

/** Calls of the parity module's file functions, found by what is called. */
export function parityCalls({ flow }: HonoProgram): ParityCall[] {
  const found: ParityCall[] = [];
  for (const call of flow.calls) {
    if (isParity(call.file)) continue;
    for (const value of call.callee.values) {
      if (value.kind !== 'function' || !isParity(value.file) || !isFunction(value.node)) continue;
      const id = child(value.node, 'id');
      const name = id === null ? '' : field(id, 'name');
      if (!FILE_FUNCTIONS.has(name)) continue;
      const text = value.file.text.slice(value.node.start, value.node.end);
      const takesFiles = name === 'download' || /\bfiles\b/.test(text);
      found.push({ name: name as FileFunction, call, takesFiles });
    }
  }
  return found;
}
