import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module';
import { TokenRegister } from './token-register';
import { TokensController } from './tokens.controller';

@Module({ imports: [AccessModule], controllers: [TokensController], providers: [TokenRegister] })
export class TokensModule {}
