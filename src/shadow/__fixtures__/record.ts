import { request } from 'undici';

interface Step {
  method: string;
  path: string;
  headers?: Record<string, string>;
  body?: string;
}

/** Walks through the notes application as a client would and writes down a HAR, as a browser does. */
export async function recordHar(origin: string): Promise<{ log: { version: string; entries: unknown[] } }> {
  const entries: unknown[] = [];
  const step = async ({ method, path, headers = {}, body }: Step) => {
    const started = new Date().toISOString();
    const response = await request(`${origin}${path}`, { method: method as 'GET', headers, body });
    const bytes = Buffer.from(await response.body.arrayBuffer());
    const pairs = (all: Record<string, string | string[] | undefined>) =>
      Object.entries(all).flatMap(([name, value]) => [value ?? []].flat().map((one) => ({ name, value: one })));
    entries.push({
      startedDateTime: started,
      time: 1,
      request: {
        method,
        url: `http://notes.test${path}`,
        headers: pairs(headers),
        ...(body !== undefined && { postData: { mimeType: headers['Content-Type'], text: body } }),
      },
      response: {
        status: response.statusCode,
        statusText: '',
        headers: pairs(response.headers),
        content: { size: bytes.length, text: bytes.toString('base64'), encoding: 'base64' },
      },
    });
    return { headers: response.headers, text: bytes.toString() };
  };
  const type = { 'Content-Type': 'application/json' };
  const login = await step({ method: 'POST', path: '/login', headers: type, body: '{"user":"ann","password":"hunter2secret"}' });
  const auth = { Authorization: `Bearer ${JSON.parse(login.text).token}`, Cookie: String(login.headers['set-cookie']).split(';')[0] ?? '' };
  for (const title of ['one', 'two']) {
    const made = await step({ method: 'POST', path: '/notes', headers: { ...type, ...auth }, body: JSON.stringify({ title }) });
    const { id } = JSON.parse(made.text);
    for (let i = 0; i < 3; i++) await step({ method: 'GET', path: `/notes/${id}`, headers: auth });
    await step({ method: 'HEAD', path: `/notes/${id}`, headers: auth });
    if (title === 'one') await step({ method: 'DELETE', path: `/notes/${id}`, headers: auth });
  }
  await step({ method: 'GET', path: '/notes', headers: auth });
  await step({ method: 'GET', path: '/notes' });
  for (const path of ['/health', '/tags', '/logo', '/old', '/events', '/page', '/missing']) await step({ method: 'GET', path });
  for (let i = 0; i < 2; i++) await step({ method: 'GET', path: '/slow' });
  return { log: { version: '1.2', entries } };
}
