import { Global, Module } from '@nestjs/common';
import { ForkedRequirements } from './forked-requirements';
import { LoreDeclarations } from './lore-declarations';
import { RequirementsController } from './requirements.controller';
import { RequirementsRepository } from './requirements.repository';

/** Requirements; global, because the lore phase moves them on. */
@Global()
@Module({
  controllers: [RequirementsController],
  providers: [RequirementsRepository, ForkedRequirements, LoreDeclarations],
  exports: [RequirementsRepository],
})
export class RequirementsModule {}
