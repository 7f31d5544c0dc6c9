const { Router, post } = require('./handlers.js');

const list = (request, response) => response.end('list');
const one = (request, response) => response.end('one');
const remove = (request, response) => response.end('gone');

const notes = new Router('/notes');
notes.get('/', list);
notes.get('/:id', one).remove('/:id', remove);

const plain = new Router();
plain.get('/health', (request, response) => response.end('ok'));

post('/import', (request, response) => response.end('imported'));

module.exports = [notes, plain];
