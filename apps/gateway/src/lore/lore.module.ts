import { Module } from '@nestjs/common';
import { LoreController } from './lore.controller';

@Module({ controllers: [LoreController] })
export class LoreModule {}
