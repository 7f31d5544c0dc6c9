const Helpers = require('../helpers');

module.exports = Helpers.withDefaults({ method: 'get', path: '/notes', options: { handler: () => [] } });
