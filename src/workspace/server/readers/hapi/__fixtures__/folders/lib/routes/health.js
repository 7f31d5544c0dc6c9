module.exports = { method: 'get', path: '/health', handler: () => 'ok' };
