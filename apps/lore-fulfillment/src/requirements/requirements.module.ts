import { Global, Module } from '@nestjs/common';
import { LoreDeclarations } from './lore-declarations';
import { RequirementsController } from './requirements.controller';
import { RequirementsRepository } from './requirements.repository';

/** Requirements; global, because the lore phase moves them on. */
@Global()
@Module({
  controllers: [RequirementsController],
  providers: [RequirementsRepository, LoreDeclarations],
  exports: [RequirementsRepository],
})
export class RequirementsModule {}
