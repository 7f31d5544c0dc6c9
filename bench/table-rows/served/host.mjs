// Serves one probe on Node, Bun and Deno: `node host.mjs dispatcher`.
import { createServer } from 'node:http';

const { probe } = await import(`./${process.argv[2]}.mjs`);
createServer(async (request, response) => {
  const { searchParams } = new URL(request.url, 'http://localhost');
  const found = searchParams.size === 0 ? {} : await probe(Object.fromEntries(searchParams));
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(found));
}).listen(Number(process.env.PORT), process.env.HOST);
