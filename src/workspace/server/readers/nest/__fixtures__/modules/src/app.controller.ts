import { Controller, Get, HttpCode, Param, Post, Redirect } from '@nestjs/common';

@Controller()
export class AppController {
  @Get()
  root() {
    return 'root';
  }

  @Get('health')
  health() {
    return { ok: true };
  }

  @Get('docs/:page')
  docs(@Param('page') page: string) {
    return page;
  }

  @Post('docs/:page')
  @HttpCode(202)
  write(@Param('page') page: string) {
    return page;
  }

  @Get('moved')
  @Redirect('/', 301)
  moved() {}
}
