import {
  addMemory,
  addNote,
  changeBaseline,
  listMemories,
  listNotes,
  listPersonas,
  readPersona,
  retractMemory,
  type ReplyOf,
  type RequestOf,
} from '@fiction/contracts';
import { AnswersRequest } from '@fiction/messaging';
import { Controller } from '@nestjs/common';
import { PersonaWordsService } from './persona-words.service';
import { PersonasService } from './personas.service';

@Controller()
export class PersonasController {
  constructor(
    private readonly personas: PersonasService,
    private readonly words: PersonaWordsService,
  ) {}

  @AnswersRequest(listPersonas)
  listPersonas(query: RequestOf<typeof listPersonas>): Promise<ReplyOf<typeof listPersonas>> {
    return this.personas.list(query);
  }

  @AnswersRequest(readPersona)
  readPersona(query: RequestOf<typeof readPersona>): Promise<ReplyOf<typeof readPersona>> {
    return this.personas.read(query);
  }

  @AnswersRequest(changeBaseline)
  changeBaseline(question: RequestOf<typeof changeBaseline>): Promise<ReplyOf<typeof changeBaseline>> {
    return this.personas.change(question);
  }

  @AnswersRequest(listMemories)
  listMemories(query: RequestOf<typeof listMemories>): Promise<ReplyOf<typeof listMemories>> {
    return this.words.list('memory', query);
  }

  @AnswersRequest(addMemory)
  addMemory(question: RequestOf<typeof addMemory>): Promise<ReplyOf<typeof addMemory>> {
    return this.words.add('memory', question);
  }

  @AnswersRequest(retractMemory)
  retractMemory(question: RequestOf<typeof retractMemory>): Promise<ReplyOf<typeof retractMemory>> {
    return this.words.retract(question);
  }

  @AnswersRequest(listNotes)
  listNotes(query: RequestOf<typeof listNotes>): Promise<ReplyOf<typeof listNotes>> {
    return this.words.list('note', query);
  }

  @AnswersRequest(addNote)
  addNote(question: RequestOf<typeof addNote>): Promise<ReplyOf<typeof addNote>> {
    return this.words.add('note', question);
  }
}
