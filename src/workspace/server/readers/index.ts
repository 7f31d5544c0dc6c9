import type { Reader } from '../reader.ts';
import elysia from './elysia/index.ts';
import fastify from './fastify/index.ts';
import hapi from './hapi/index.ts';
import hono from './hono/index.ts';
import http from './http/index.ts';
import koa from './koa/index.ts';
import lambda from './lambda/index.ts';
import nest from './nest/index.ts';
import next from './next/index.ts';

/** Every reader but Express's, whose analysis stands by itself (`express/`). */
export const READERS: readonly Reader[] = [fastify, koa, nest, hapi, hono, elysia, next, lambda, http];
