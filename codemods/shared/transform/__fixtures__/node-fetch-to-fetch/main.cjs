const { createServer } = require('node:http');
const { once } = require('node:events');
const fetch = require('node-fetch');

const server = createServer(async (req, res) => {
  const chunks = await req.toArray();
  if (req.url === '/moved') return res.writeHead(302, { location: '/there' }).end();
  if (req.url === '/broken') return req.socket.destroy();
  res.writeHead(req.url === '/none' ? 404 : 200, { 'content-type': 'application/json', 'x-seen': 'yes' });
  const { accept, authorization, 'content-type': type, 'content-length': length } = req.headers;
  res.end(JSON.stringify({ method: req.method, url: req.url, accept, authorization, type, length, sent: String(Buffer.concat(chunks)) }));
});

async function main() {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const base = `http://127.0.0.1:${server.address().port}`;

  const got = await fetch(`${base}/a?b=ü`);
  console.log(got.status, got.ok, got.statusText, got.headers.get('X-Seen'), await got.json());
  const sent = await fetch(`${base}/sent`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json', Authorization: 'Bearer a' },
    body: JSON.stringify({ a: 'ü' }),
  });
  console.log(await sent.text());
  const form = await fetch(`${base}/form`, { method: 'POST', body: new URLSearchParams({ a: 'b c', d: 'é' }) });
  console.log(await form.json());
  const bytes = await fetch(`${base}/bytes`);
  const buffer = await bytes.buffer();
  console.log(Buffer.isBuffer(buffer), buffer.length > 10, String(buffer));
  const there = await fetch(`${base}/moved`);
  console.log(there.url.replace(base, ''), (await there.json()).url);
  const stays = await fetch(`${base}/moved`, { redirect: 'manual' });
  console.log(stays.status);
  await fetch(`${base}/none`).then((res) => console.log(res.status, res.ok));
  await fetch(`${base}/broken`).then((res) => console.log(res.status)).catch((error) => console.log(error instanceof Error));
  const late = new AbortController();
  late.abort();
  await fetch(base, { signal: late.signal }).then((res) => console.log(res.status)).catch(({ name }) => console.log(name));
  server.closeAllConnections();
  server.close();
}

main();
