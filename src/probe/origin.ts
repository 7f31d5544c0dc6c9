import { createServer } from 'node:http';

/**
 * The server that probes ask: outside the process that is probed, so that it is the same for all.
 *
 * @param cut called for `/cut`, before the answer
 */
export async function startOrigin(cut: () => void = () => {}): Promise<{ origin: string; close(): void }> {
  const server = createServer((request, response) => {
    if (request.url === '/cut') cut();
    const text = `answered ${request.method} ${request.url}`;
    response.writeHead(200, { 'content-length': text.length }).end(text);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  return {
    origin: `http://127.0.0.1:${port}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
