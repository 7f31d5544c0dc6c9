'use strict';

const { Hono } = require('hono');
const preferences = require('../controllers/preferences');

module.exports = new Hono()
  .get('/', preferences.show)
  .put('/', preferences.update)
  .delete('/', preferences.clear);
