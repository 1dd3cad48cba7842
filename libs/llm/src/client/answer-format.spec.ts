import {
  blueprintSchema,
  critiqueSchema,
  loreCheckSchema,
  planPassSchema,
  reflectionSchema,
  sceneSummarySchema,
  scrollSchema,
  visionSchema,
  worldDomainAnswerSchema,
  worldEntryDraftSchema,
} from '@fiction/contracts';
import type { z } from 'zod';
import { providersFileSchema } from '../providers/providers-file.schema';
import { answerFormat } from './answer-format';
import { draft } from './wire/wire.fixture';

const asked = {
  blueprintSchema,
  critiqueSchema,
  loreCheckSchema,
  planPassSchema,
  reflectionSchema,
  sceneSummarySchema,
  scrollSchema,
  visionSchema,
  worldDomainAnswerSchema,
  worldEntryDraftSchema,
};

function sentTo(kind: string, schema: z.ZodType): string {
  const settings = { kind, lane: 'metal', ...(kind === 'openai-compatible' && { baseUrl: 'http://127.0.0.1/v1' }) };
  const { providers } = providersFileSchema.parse({ providers: { local: settings } });
  return JSON.stringify(answerFormat({ ...draft, schema }, providers.local!).sdk);
}

describe.each(Object.entries(asked))('the shape of an answer, %s', (_name, schema) => {
  it('is one of which servers of open models can make a grammar', () => {
    const sent = sentTo('openai-compatible', schema);
    // llama.cpp: "number of repetitions exceeds sane defaults", and "unknown escape".
    expect(sent).not.toMatch(/"(?:min|max)Length":/);
    expect(sent).not.toMatch(/"pattern":"[^"]*\\\\[a-zA-Z]/);
  });

  it('keeps how many there are to be of something, and what there must be', () => {
    const strings = /,?"(?:min|max)Length":\d+/g;
    expect(sentTo('openai-compatible', schema)).toBe(sentTo('openai', schema).replaceAll(strings, ''));
  });
});
