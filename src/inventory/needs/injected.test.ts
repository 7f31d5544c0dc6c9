import { expect, it } from 'vitest';
import { project } from '../../testing/project.ts';
import { collectInventory } from '../index.ts';

it('what a service that Nest injects needs is needed by the routes that call it', async () => {
  const root = project({
    'package.json':
      '{"name":"a","main":"main.ts","dependencies":{"@nestjs/common":"11","@nestjs/core":"11"}}',
    'main.ts':
      "import { NestFactory } from '@nestjs/core';\nimport { AppModule } from './app.module';\nNestFactory.create(AppModule).then((app) => app.listen(3000));\n",
    'app.module.ts':
      "import { Module } from '@nestjs/common';\nimport { NotesController } from './notes.controller';\nimport { NotesService } from './notes.service';\n@Module({ controllers: [NotesController], providers: [NotesService] })\nexport class AppModule {}\n",
    'notes.controller.ts':
      "import { Controller, Get } from '@nestjs/common';\nimport { NotesService } from './notes.service';\n@Controller('notes')\nexport class NotesController {\n  constructor(private readonly notes: NotesService) {}\n  @Get()\n  all() {\n    return this.notes.all();\n  }\n  @Get('none')\n  none() {\n    return [];\n  }\n}\n",
    'notes.service.ts':
      "import { readFileSync } from 'node:fs';\nimport { Injectable } from '@nestjs/common';\n@Injectable()\nexport class NotesService {\n  all() {\n    return JSON.parse(readFileSync('notes.json', 'utf8'));\n  }\n}\n",
  });
  const { routes } = await collectInventory(root);
  const needsOf = (path: string) =>
    routes
      .find((route) => route.path === path)
      ?.needs.map(({ kind, name, location }) => `${kind} ${name} ${location?.file}`);
  expect(needsOf('/notes')).toContain('builtin fs notes.service.ts');
  expect(needsOf('/notes/none')).not.toContain('builtin fs notes.service.ts');
});
