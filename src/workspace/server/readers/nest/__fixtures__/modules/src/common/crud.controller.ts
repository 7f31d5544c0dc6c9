import { Get, Post } from '@nestjs/common';

export abstract class CrudController {
  @Get()
  list() {
    return [];
  }

  @Post()
  create() {
    return {};
  }
}
