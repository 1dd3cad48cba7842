import type { GenreKey } from '../story/genre';
import type { VoiceKey } from '../story/voice';

export const GOALS: readonly string[] = [
  'Make the reader distrust the most obliging person in the room, and be right for the wrong reason.',
  'Let {core} be an object first and a meaning second.',
  'Give every piece of information a price, and show who pays it.',
  'Let no one explain themselves who could be caught doing something instead.',
  'Bring the reader back, at the end, to the first room, and let it be a different room.',
];

export const THEMES: Record<GenreKey, readonly string[]> = {
  mystery: [
    'What does a community owe to the lie it lives on?',
    'Is an exact record the same as a true one?',
    'Who is spared when nobody asks?',
    'How long is a debt a debt?',
  ],
  fantasy: [
    'What is a promise worth that was made for you?',
    'Can a thing be holy and badly kept?',
    'Who pays for a wonder?',
    'What must be forgotten for a peace to hold?',
  ],
  'science-fiction': [
    'Who is a rescue for?',
    'What do we owe to those who will arrive after us?',
    'When is a rule older than its reason?',
    'Can a machine keep a promise its makers broke?',
  ],
  romance: [
    'What do people hide by being useful?',
    'Can one be forgiven in advance?',
    'How much of love is attention?',
    'Who do we become in the eyes of someone who stays?',
  ],
  literary: [
    'What is inherited besides the furniture?',
    'Is silence a kindness or a habit?',
    'Can a place forgive?',
    'What does remembering owe to the truth?',
  ],
  horror: [
    'What does a house want from those who keep it?',
    'Who is fed by a secret?',
    'When does care become captivity?',
    'What follows us because we invited it?',
  ],
};

export const WANTS: readonly string[] = [
  'to have {core} explained, aloud, by somebody else',
  'to be the last person who has to know about {core}',
  'to leave with nothing owing',
  'to be believed without having to prove it',
  'to keep one promise to the letter, whatever it costs the spirit',
  'to be asked, once, instead of told',
];

export const FEARS: readonly string[] = [
  'that the answer has been known all along, and by everyone',
  'of being thanked for the wrong thing',
  'that {core} is the only thing holding the place together',
  'of turning out to be the one who did it',
  'of an empty house with all the lamps lit',
  'that nobody would have minded the truth',
];

export const VOICE_NOTES: Record<VoiceKey, string> = {
  clipped: 'short sentences, nothing twice',
  warm: 'unhurried, feeds people while talking, asks before telling',
  voluble: 'three words for one, and the one word missing',
  blunt: 'says the second thing first and never the polite one',
  hesitant: 'begins again, trails off, is exact about small things',
  formal: 'whole sentences, no contractions, politeness as a fence',
};
