const http = require('node:http');
const request = require('supertest');

const app = require('..');

test('answers', () => request(app).get('/').expect(200));
test('listens', () => app.listen(0).close());
test('is a listener', () => http.createServer(app).close());
