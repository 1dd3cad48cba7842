import type { GateInput } from '../gate-input';

type Overrides = Partial<Omit<GateInput, 'scene' | 'book'>> & {
  scene?: Partial<GateInput['scene']>;
  book?: Partial<GateInput['book']>;
};

/** An input about Ada Quill and her salt clock; a spec states only what it is about. */
export function gateInput({ scene, book, ...rest }: Overrides = {}): GateInput {
  return {
    prose: '',
    targetWords: 100,
    knownNames: ['Ada Quill', 'Tom Harrow', 'The Salt Clock', 'Port Sorrow'],
    lockedFacts: [],
    notKnown: [],
    ...rest,
    scene: {
      goal: 'stop the clock',
      conflict: 'the harbour wants it running',
      outcome: 'the clock stops by itself',
      pov: 'Ada Quill',
      place: 'the clock tower',
      storyTime: 'first evening',
      cast: ['Ada Quill', 'Tom Harrow'],
      beats: [{ text: 'the clock stops', mentions: ['clock'] }],
      requiredLore: [],
      ...scene,
    },
    book: { pov: 'third-limited', tense: 'past', language: 'en', ...book },
  };
}
