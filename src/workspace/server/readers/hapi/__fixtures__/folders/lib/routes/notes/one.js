module.exports = [
  { method: 'GET', path: '/notes/{id}', handler: (request) => request.params.id },
  { method: ['PUT', 'PATCH'], path: '/notes/{id}', handler: () => ({}) },
];
