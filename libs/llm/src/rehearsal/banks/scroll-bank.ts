export const CONFLICTS: readonly string[] = [
  '{b} will say anything except the one thing that was asked.',
  '{b} has given somebody else {core} to keep, and a promise with it.',
  '{b} needs the matter closed by evening and is very pleasant about it.',
  '{b} knows how the conversation goes and has the better chair.',
  '{b} has heard the question before, from someone who came to harm by it.',
  '{b} answers truly, and to the wrong question.',
];

export const SECTION_TITLES: readonly (readonly string[])[] = [
  ['What comes in', 'Going there', 'Before noon'],
  ['What it meets', 'The other account', 'A door ajar'],
  ['What becomes of it', 'After dark', 'The remainder'],
];

/** From the first scene of a chapter to its last. */
export const STORY_HOURS: readonly string[] = [
  'early, before the streets are awake',
  'in the forenoon',
  'about noon',
  'in the long part of the afternoon',
  'towards evening',
  'after dark',
  'late, with one lamp left',
];

export const SOLITARY_CONFLICTS: readonly string[] = [
  'Nobody is there to ask, and the light is going.',
  'Somebody has been there before, and has been thorough.',
  'The only witness is the place itself, and it has been tidied.',
];
