const Toys = require('@hapipal/toys');

exports.withDefaults = Toys.withRouteDefaults({ options: { cors: true } });
exports.unused = { method: 'get', path: '/unused' };
