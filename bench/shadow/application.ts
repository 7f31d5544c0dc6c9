/** A row of an answer; every body is another one, as in real traffic. */
const item = (n: number, i: number) => ({
  id: n * 1000 + i,
  name: `item ${i} of order ${n}`,
  price: ((n * 31 + i * 7) % 10_000) / 100,
  tags: ['a', 'b', String(n % 13)],
  stock: i % 3 === 0 ? null : n % 97,
});

/** What request `n` is answered with. The application below holds the same function, by its source. */
export function answerOf(n: number): { type: string; body: string } {
  const rows = Array.from({ length: 100 }, (_, i) => item(n, i));
  const json = JSON.stringify({ order: n, rows, total: rows.length });
  if (n % 10 === 3)
    return { type: 'text/html; charset=utf-8', body: `<!doctype html><p>order ${n}</p><pre>${json}</pre>` };
  return { type: 'application/json; charset=utf-8', body: json };
}

/** An Express application: three routes, bodies of about 10 kB made for each request, one in five with an id of its own. */
export const APPLICATION = `
const express = require('express5');
const { randomUUID } = require('node:crypto');
const app = express();
app.use(express.json());
const item = ${item};
${answerOf}
const send = (req, res) => {
  const n = Number(req.params.n);
  const { type, body } = answerOf(n);
  // One answer in five is another one each time.
  const own = n % 5 === 0 ? body.replace('{', () => '{"requestId":"' + randomUUID() + '",') : body;
  res.type(type).send(own);
};
app.get('/orders/:n', send);
app.get('/pages/:n', send);
app.post('/orders/:n/lines', send);
app.listen(process.env.PORT, '127.0.0.1');
`;

/** Method, path and body of request `n`: nine reads to one write. */
export function requestOf(n: number): { method: string; path: string; body: string | null } {
  if (n % 10 === 3) return { method: 'GET', path: `/pages/${n}`, body: null };
  if (n % 10 === 7)
    return { method: 'POST', path: `/orders/${n}/lines`, body: JSON.stringify({ n, quantity: 3 }) };
  return { method: 'GET', path: `/orders/${n}`, body: null };
}
