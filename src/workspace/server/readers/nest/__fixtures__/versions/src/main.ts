import 'reflect-metadata';
import { Controller, Get, Module, Post, Version, VERSION_NEUTRAL, VersioningType } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';

@Controller({ path: 'cats', version: '2' })
class CatsController {
  @Get()
  list() {
    return [];
  }

  @Version(['1', '2'])
  @Get(':id')
  one() {
    return {};
  }

  @Version(VERSION_NEUTRAL)
  @Post()
  create() {
    return {};
  }
}

@Controller('dogs')
class DogsController {
  @Get()
  list() {
    return [];
  }
}

@Module({ controllers: [CatsController, DogsController] })
class AppModule {}

async function bootstrap() {
  const app = await NestFactory.create<NestFastifyApplication>(AppModule, new FastifyAdapter(), { logger: false });
  configure(app);
  await app.listen(Number(process.env.PORT ?? 0));
}

function configure(app: NestFastifyApplication) {
  app.enableVersioning({ type: VersioningType.URI, defaultVersion: '1' });
  app.setGlobalPrefix(process.env.API_PREFIX ?? 'rest');
}

void bootstrap();
