'use strict';

const { Hono } = require('hono');
const events = require('../controllers/events');

module.exports = new Hono().get('/', events.stream).get('/recent', events.recent);
