const pre = async () => 1;

module.exports = [
  { method: 'POST', path: '/notes', options: { pre: [{ method: pre, assign: 'one' }], handler: () => 'made', validate: {} } },
  { method: '*', path: '/{any*}', handler: (request, h) => h.response('nothing').code(404) },
  { method: 'PUT', path: '/files/{name}.{ending}', handler: () => 'file' },
  { method: 'delete', path: '/pair/{two*2}', config: { handler: () => 'pair' } },
];
