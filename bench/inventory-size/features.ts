import type { Part } from './web.ts';

/** Routes of a feature, as each framework has them. */
export const ROUTES: Record<Part['kind'], (at: number) => string> = {
  express: (at) => `import { type NextFunction, type Request, type Response, Router } from 'express';
import { keep } from '../files.js';
import { Input${at} } from './schema.js';
import { Service${at} } from './service.js';

const service = new Service${at}();
const seen = new Map<string, number>();
export const router = Router();

const counted = (req: Request, _res: Response, next: NextFunction) => {
  seen.set(req.ip ?? '', (seen.get(req.ip ?? '') ?? 0) + 1);
  next();
};
router.use(counted);
router.get('/', async (req, res) => res.json(await service.list(Number(req.query.page ?? 1))));
router.get('/:id', async (req, res) => {
  const found = await service.find(req.params.id);
  if (found === null) return res.status(404).json({ error: 'not found' });
  return res.json(found);
});
router.post('/', async (req, res) => res.status(201).json(await service.create(Input${at}.parse(req.body))));
router.put('/:id/file', async (req, res) => res.json({ path: await keep(req.params.id, req.body) }));
router.delete('/:id', async (req, res) => {
  await service.remove(req.params.id);
  res.sendStatus(204);
});
`,
  fastify: (at) => `import type { FastifyInstance } from 'fastify';
import { keep } from '../files.js';
import { Input${at} } from './schema.js';
import { Service${at} } from './service.js';

export async function routes(app: FastifyInstance) {
  const service = new Service${at}();
  app.addHook('onRequest', async (request) => request.log.info({ url: request.url }));
  app.get('/', async (request) => service.list(Number((request.query as { page?: string }).page ?? 1)));
  app.get<{ Params: { id: string } }>('/:id', async (request, reply) => {
    const found = await service.find(request.params.id);
    return found ?? reply.code(404).send({ error: 'not found' });
  });
  app.post('/', async (request, reply) => reply.code(201).send(await service.create(Input${at}.parse(request.body))));
  app.put<{ Params: { id: string } }>('/:id/file', async (request) => keep(request.params.id, request.body as Buffer));
}
`,
  nest: (
    at,
  ) => `import { Body, Controller, Delete, Get, NotFoundException, Param, Post, Query } from '@nestjs/common';
import { Input${at} } from './schema.js';
import { Service${at} } from './service.js';

@Controller('feature-${at}')
export class Feature${at}Controller {
  constructor(private readonly service: Service${at}) {}

  @Get()
  list(@Query('page') page = '1') {
    return this.service.list(Number(page));
  }

  @Get(':id')
  async find(@Param('id') id: string) {
    const found = await this.service.find(id);
    if (found === null) throw new NotFoundException();
    return found;
  }

  @Post()
  create(@Body() body: Input${at}) {
    return this.service.create(body);
  }

  @Delete(':id')
  remove(@Param('id') id: string) {
    return this.service.remove(id);
  }
}
`,
};

/** What the routes call. */
export const service = (
  kind: Part['kind'],
  at: number,
): string => `${kind === 'nest' ? "import { Injectable } from '@nestjs/common';\n" : ''}import type { Input${at} } from './schema.js';
import { Store${at} } from './store.js';

${kind === 'nest' ? '@Injectable()\n' : ''}export class Service${at} {
  readonly #store = new Store${at}();

  async list(page: number) {
    const items = await this.#store.page(page, 20);
    return { page, items: items.map((item) => ({ ...item, title: item.title.trim() })) };
  }

  find(id: string) {
    return this.#store.find(id);
  }

  async create(input: ${kind === 'nest' ? `Input${at}` : `ReturnType<typeof Input${at}.parse>`}) {
    return this.#store.insert({ ...input, id: crypto.randomUUID(), made: new Date() });
  }

  async remove(id: string) {
    await this.#store.remove(id);
  }
}
`;

/** Where a feature keeps its rows: Knex, Prisma, TypeORM. */
export const STORE: Record<Part['kind'], (at: number) => string> = {
  express: (at) => `import knex from 'knex';
import { config } from '../config.js';

const database = knex({ client: 'pg', connection: config.database, pool: { min: 0, max: 10 } });

export class Store${at} {
  page = (page: number, size: number) =>
    database('rows_${at}').select('*').orderBy('made', 'desc').limit(size).offset((page - 1) * size);
  find = async (id: string) => (await database('rows_${at}').where({ id }).first()) ?? null;
  insert = async (row: object) => (await database('rows_${at}').insert(row).returning('*'))[0];
  remove = (id: string) => database('rows_${at}').where({ id }).delete();
}
`,
  fastify: (at) => `import { PrismaClient } from '@prisma/client';

const prisma = new PrismaClient();

export class Store${at} {
  page = (page: number, size: number) =>
    prisma.row${at}.findMany({ skip: (page - 1) * size, take: size, orderBy: { made: 'desc' } });
  find = (id: string) => prisma.row${at}.findUnique({ where: { id } });
  insert = (data: { id: string; title: string; made: Date }) => prisma.row${at}.create({ data });
  remove = (id: string) => prisma.row${at}.delete({ where: { id } });
}
`,
  nest: (at) => `import { Column, CreateDateColumn, DataSource, Entity, PrimaryColumn } from 'typeorm';
import { config } from '../config.js';

@Entity('rows_${at}')
export class Row${at} {
  @PrimaryColumn() id!: string;
  @Column({ length: 200 }) title!: string;
  @CreateDateColumn() made!: Date;
}

const source = new DataSource({ type: 'postgres', url: config.database, entities: [Row${at}] });

export class Store${at} {
  readonly #rows = source.getRepository(Row${at});
  page = (page: number, size: number) => this.#rows.find({ skip: (page - 1) * size, take: size });
  find = (id: string) => this.#rows.findOneBy({ id });
  insert = (row: Partial<Row${at}>) => this.#rows.save(row);
  remove = (id: string) => this.#rows.delete(id);
}
`,
};

/** What a request's body may be. */
export const schema = (kind: Part['kind'], at: number): string =>
  kind === 'nest'
    ? `export class Input${at} {\n  title!: string;\n  tags: string[] = [];\n}\n`
    : `import { z } from 'zod';

export const Input${at} = z.object({
  title: z.string().min(1).max(200),
  tags: z.array(z.string()).default([]),
});
`;

/** A test of a feature's service. */
export const test = (at: number): string => `import { describe, expect, it, vi } from 'vitest';
import { Service${at} } from '../src/feature-${at}/service.js';

vi.mock('../src/feature-${at}/store.js', () => ({
  Store${at}: class {
    page = async () => [{ id: '1', title: ' a ' }];
    find = async (id: string) => (id === '1' ? { id, title: 'a' } : null);
  },
}));

describe('Service${at}', () => {
  it('trims titles', async () => {
    const { items } = await new Service${at}().list(1);
    expect(items.map(({ title }) => title)).toEqual(['a']);
  });

  it('finds nothing for an unknown id', async () => {
    expect(await new Service${at}().find('2')).toBeNull();
  });
});
`;
