/**
 * What a chapter does in the book, in the order of a book. `summary` is the outline's; `press` are the events its middle
 * is made of, by id. Slots as in the events.
 */
export interface ChapterArc {
  id: string;
  titles: readonly string[];
  summary: string;
  press: readonly string[];
}

export const CHAPTER_ARCS: readonly ChapterArc[] = [
  {
    id: 'summons',
    titles: ['What {place.title} Wanted', 'The First Question', 'A Small Matter'],
    summary:
      '{P} comes to {place} on account of {core}, and {b} says less about it than {b.he} knows. Among the things nobody has asked for is {clue.full}. By night {P} has agreed to stay.',
    press: ['ask-plain', 'refuse', 'linger-copy'],
  },
  {
    id: 'witness',
    titles: ['What {b.title} Saw', 'The Obliging Witness', 'A Second Account'],
    summary:
      '{b} offers {P} an account of {core} that leaves nothing out but the hour. {P} follows the missing hour to {place}, and comes away with {clue.full}.',
    press: ['ask-plain', 'linger-wait', 'bargain'],
  },
  {
    id: 'closed-door',
    titles: ['The Closed Door', 'Nobody’s Key', 'The Wrong Side of {place.title}'],
    summary:
      '{P} is refused at {place}, politely and by someone with no right to. {b} turns out to have been paid to be sorry about it. What is learnt there is learnt from {clue.full}.',
    press: ['refuse', 'linger-wait', 'quarrel'],
  },
  {
    id: 'bargain',
    titles: ['Terms', 'A Poor Bargain', 'What Was Offered'],
    summary:
      '{b} proposes a bargain over {core}. {P} accepts the half of it that can be checked, and at {place}, checking it, finds {clue.full}.',
    press: ['bargain', 'linger-mend', 'ask-plain'],
  },
  {
    id: 'quarrel',
    titles: ['The Quarrel', 'Two People in a Doorway', 'Things Said at {place.title}'],
    summary:
      'What {P} has learnt about {core} reaches {b} before {P} does. They quarrel at {place}, and in the heat of it one of them says a true thing. {^clue.full} is left on the floor between them.',
    press: ['quarrel', 'linger-mend', 'leave-warned'],
  },
  {
    id: 'offer',
    titles: ['An Offer', 'Nearly Kind', 'The Way Out'],
    summary:
      '{b} makes {P} an offer: silence about {core}, and everything else forgiven. {P} asks for a night to think and spends it at {place}, with {clue.full}.',
    press: ['bargain', 'leave-warned', 'linger-copy'],
  },
  {
    id: 'reckoning',
    titles: ['The Reckoning', 'What {core.title} Cost', 'In Front of Everyone'],
    summary:
      '{P} puts the pieces together at {place}, before the people they belong to. {b} does not deny it. The truth about {core} is said aloud, and everybody goes home with their share.',
    press: ['ask-plain', 'quarrel', 'linger-mend'],
  },
];

/** Titles for books longer than the arcs have titles. */
export const TITLE_FORMS: readonly string[] = [
  '{clue.title}',
  'The {noun.title} at {place.title}',
  'What the {noun.title} Said',
  '{noun.a} Too Many',
  '{b.title} Comes Late',
  'The Second {noun.title}',
  'Without the {noun.title}',
  '{place.title} by Night',
  'The Price of {noun.a}',
  'Before {place.title}',
  'Some Account of {noun.a}',
  'One {noun.title} Short',
];
