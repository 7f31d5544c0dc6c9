const ask = async (port, headers) => {
  const answer = await fetch(`http://127.0.0.1:${port}/all`, { headers });
  return `${answer.status} ${answer.headers.get('access-control-allow-origin')} ${await answer.text()}`;
};

export default async (port) => ({ with: await ask(port, { 'x-key': '1' }), without: await ask(port, {}) });
