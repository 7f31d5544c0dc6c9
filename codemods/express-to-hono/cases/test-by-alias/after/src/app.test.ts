import request from 'supertest';
import { app } from '@/app';

it('answers', () => request(app).get('/').expect(200));
