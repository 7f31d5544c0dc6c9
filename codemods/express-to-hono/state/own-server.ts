import type { Binding } from '../../../src/workspace/syntax/bindings.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import type { Part } from '../edit/draft.ts';
import type { FileWork } from './work.ts';

/** The arguments of `app.listen(port, host, callback)`. */
export interface ListenArguments {
  port: SyntaxNode | undefined;
  host: SyntaxNode | undefined;
  callback: SyntaxNode | undefined;
}

/** The call that opens the application's port, as far as a server of the runtime's own needs to know. */
export interface Listening extends ListenArguments {
  work: FileWork;
  call: SyntaxNode;
  app: SyntaxNode;
  /** The statement that the call is, or that declares the server. */
  statement: SyntaxNode;
  /** The variable that holds the server. */
  server: Binding | null;
  /** `if (error) throw error;` of the callback, which goes. */
  dropped: SyntaxNode | null;
}

/** What a use of Node's server becomes. `port`: it reads the port that was opened. `gone`: its statement goes. */
export interface ServerUse {
  kind: 'port' | 'stop' | 'gone';
  /** The name of the server. */
  node: SyntaxNode;
  place: SyntaxNode;
  parts: Part[];
}

export type OwnRuntime = 'bun' | 'deno';

/** The application listens with the server of its runtime: `Bun.serve`, `Deno.serve`. */
export interface OwnServer {
  runtime: OwnRuntime;
  listening: Listening;
  uses: readonly ServerUse[];
}
