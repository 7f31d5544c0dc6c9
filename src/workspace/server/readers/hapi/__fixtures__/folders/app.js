const Glue = require('@hapi/glue');
const manifest = require('./manifest');

Glue.compose(manifest, { relativeTo: __dirname }).then((server) => server.start());
