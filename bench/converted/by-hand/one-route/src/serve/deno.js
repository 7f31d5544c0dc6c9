'use strict';

const app = require('../app');

Deno.serve({ port: Number(process.env.PORT || 3000) }, app.fetch);
