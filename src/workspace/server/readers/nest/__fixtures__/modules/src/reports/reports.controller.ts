import { Controller, Get, Inject } from '@nestjs/common';

@Controller({ path: 'reports' })
export class ReportsController {
  constructor(@Inject('TITLE') private readonly title: string) {}

  @Get()
  all() {
    return this.title;
  }
}

@Controller('never')
export class NeverController {
  @Get()
  never() {
    return 'no module that is imported has it';
  }
}
