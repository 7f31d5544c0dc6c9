'use strict';

const notes = require('../store/notes');
const { publicProfile } = require('../store/users');
const { ok } = require('../lib/respond');

exports.show = (c) => ok(c, publicProfile(c.get('profile')));

exports.notes = async (c) => ok(c, await notes.list({ owner: c.get('profile').name }));
