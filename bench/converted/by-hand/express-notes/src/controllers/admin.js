'use strict';

const { readFile } = require('node:fs/promises');
const contentDisposition = require('content-disposition');
const config = require('../config');
const events = require('../store/events');
const notes = require('../store/notes');
const users = require('../store/users');

const startedAt = new Date().toISOString();

exports.stats = (c) =>
  c.json({
    users: users.count(),
    notes: notes.count(),
    startedAt,
    requestedBy: c.get('viewer'),
    section: 'admin',
  });

exports.backup = async (c) => {
  const bytes = await readFile(config.backupFile);
  c.header('Content-Type', 'application/json');
  c.header('Content-Disposition', contentDisposition('backup.json'));
  return c.body(bytes);
};

exports.announce = (c) => {
  const event = events.publish('announcement', { text: String(c.get('body').text || '') });
  return c.json({ id: event.id }, 202);
};

/** Lets an operator check that alerts fire. */
exports.diagnosticError = (c) => {
  throw new Error(`diagnostic error requested by ${c.get('user').name}`);
};
