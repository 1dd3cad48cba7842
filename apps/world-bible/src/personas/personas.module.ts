import { Module } from '@nestjs/common';
import { PersonaWordsRepository } from './persona-words.repository';
import { PersonaWordsService } from './persona-words.service';
import { PersonasController } from './personas.controller';
import { PersonasRepository } from './personas.repository';
import { PersonasService } from './personas.service';

/** Authors and characters, what they know and what they think. */
@Module({
  controllers: [PersonasController],
  providers: [PersonaWordsRepository, PersonaWordsService, PersonasRepository, PersonasService],
})
export class PersonasModule {}
