const list = async () => [];

export const routes = [
  { method: 'GET', url: '/cars', handler: list },
  { method: 'POST', url: '/cars', schema: { body: {} }, handler: async (request) => request.body },
  { method: 'DELETE', path: '/cars/:id', handler: async () => null },
];

export const resources = { dogs: list, cats: list };
