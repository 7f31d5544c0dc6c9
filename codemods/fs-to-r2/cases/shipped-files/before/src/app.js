'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { Hono } = require('hono');
const config = require('./config');

const startedAt = Date.now();
const app = new Hono();
const pages = new Hono();

const read = (name) => fs.promises.readFile(path.join(config.templateDir, name), 'utf8');

pages.get('/about', async (c) => c.html(await read('about.html')));
pages.get('/uptime', (c) => c.json({ seconds: (Date.now() - startedAt) / 1000 }));
pages.get('/ping', (c) => c.text('pong'));
app.route('/pages', pages);

module.exports = app;
