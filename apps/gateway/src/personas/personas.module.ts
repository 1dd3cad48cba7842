import { Module } from '@nestjs/common';
import { BranchesModule } from '../branches/branches.module';
import { PersonasController } from './personas.controller';

@Module({ imports: [BranchesModule], controllers: [PersonasController] })
export class PersonasModule {}
