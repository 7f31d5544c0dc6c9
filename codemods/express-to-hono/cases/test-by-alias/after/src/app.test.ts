import request from 'supertest';
import { app } from '@/app';
import { createAdaptorServer } from '@hono/node-server';

it('answers', () => request(createAdaptorServer(app)).get('/').expect(200));
