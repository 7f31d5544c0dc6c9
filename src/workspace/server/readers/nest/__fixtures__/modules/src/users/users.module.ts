import { forwardRef, Module } from '@nestjs/common';
import { AdminModule } from '../admin/admin.module';
import { UsersController } from './users.controller';

@Module({ imports: [forwardRef(() => AdminModule)], controllers: [UsersController] })
export class UsersModule {}
