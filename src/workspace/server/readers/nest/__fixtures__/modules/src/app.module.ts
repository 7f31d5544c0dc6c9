import { MiddlewareConsumer, Module, NestModule } from '@nestjs/common';
import { APP_GUARD, RouterModule } from '@nestjs/core';
import { AppController } from './app.controller';
import { AdminModule } from './admin/admin.module';
import { RolesGuard } from './common/roles.guard';
import { requestId } from './common/request-id';
import { ReportsModule } from './reports/reports.module';
import { UsersModule } from './users/users.module';

@Module({
  imports: [
    UsersModule,
    AdminModule,
    ReportsModule.forRoot({ title: 'all' }),
    RouterModule.register([{ path: 'back', module: AdminModule }]),
  ],
  controllers: [AppController],
  providers: [{ provide: APP_GUARD, useClass: RolesGuard }],
})
export class AppModule implements NestModule {
  configure(consumer: MiddlewareConsumer) {
    consumer.apply(requestId).forRoutes('*');
  }
}
