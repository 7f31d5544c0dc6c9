import { type DynamicModule, Module } from '@nestjs/common';
import { NeverController, ReportsController } from './reports.controller';

@Module({})
export class ReportsModule {
  static forRoot(options: { title: string }): DynamicModule {
    return {
      module: ReportsModule,
      controllers: [ReportsController],
      providers: [{ provide: 'TITLE', useValue: options.title }],
    };
  }
}

@Module({ controllers: [NeverController] })
export class NeverModule {}
