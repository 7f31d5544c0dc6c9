import type { AnySubject, Around } from '../contract.ts';
import { runCheck, said } from './check.ts';
import { exportsOf, type Given } from './process.ts';

type Loads = () => Promise<unknown>;

/** A Worker that runs one check a request: `?given=JSON`, with `&part=` of one that has two. */
export function inWorker(subject: AnySubject, load: Loads): { fetch(request: Request): Promise<Response> } {
  return {
    async fetch(request) {
      const { searchParams } = new URL(request.url);
      const given = JSON.parse(searchParams.get('given') ?? '{}') as Given;
      const part = searchParams.get('part');
      let module: unknown;
      try {
        module = await load();
      } catch (error) {
        return Response.json({ unloadable: said(error) });
      }
      const around: Around = {
        ...given,
        ask: throughPlatform,
        cut: async () => void (await (await fetch(`${given.origin}/cut`)).text()),
      };
      const name = given.checks[0] ?? '';
      return Response.json({
        end: await runCheck(
          subject,
          name,
          module,
          around,
          given.limitMs,
          part === 'first' || part === 'then' ? part : undefined,
        ),
      });
    },
  };
}

/** A server of Node's that listens in a Worker is asked by the platform: no port is open. */
async function throughPlatform(port: number): Promise<string> {
  const name = 'cloudflare:node';
  const { handleAsNodeRequest } = (await import(name)) as {
    handleAsNodeRequest?: (port: number, request: Request) => Promise<Response>;
  };
  if (!handleAsNodeRequest) throw new Error('no port is opened, and no request can be handed to it');
  return (await handleAsNodeRequest(port, new Request('http://localhost/own'))).text();
}

export const presenceInWorker = (modules: Readonly<Record<string, Loads>>) => ({
  fetch: async (): Promise<Response> => Response.json(await exportsOf(modules)),
});
