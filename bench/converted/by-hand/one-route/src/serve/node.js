'use strict';

const { serve } = require('@hono/node-server');
const app = require('../app');

serve({ fetch: app.fetch, port: Number(process.env.PORT || 3000) });
