import type { StoryEvent } from './event-types';

export const MOVE_EVENTS: readonly StoryEvent[] = [
  {
    id: 'leave-with',
    kind: 'leave',
    text: '{P} [leave] {place} with one question more than {I} came with',
    plays: [
      `{P} [leave] {place} by the way {I} [=had/has] come, with one question more than {I} [=had/has] brought. At the corner {I} [look] back. There [be|s] nothing to see, and {I} [see] it very clearly.`,
    ],
  },
  {
    id: 'leave-warned',
    kind: 'leave',
    text: '{b} [warn|s] {P} away from {place}, and {P} [decide] to stay',
    plays: [
      `“There is a way out of this today,” {b} [say|s]. “There may not be one tomorrow. Nobody at {place} would think the less of you.” {P} [consider] it; {I} [owe] {b} that much. Then {I} [take] off {my} coat and [hang] it up, and {b} [watch|s] {me} do it and [say|s] nothing more.`,
    ],
  },
  {
    id: 'linger-wait',
    kind: 'linger',
    text: '{P} [wait] {at} and [see] who [come|s]',
    plays: [
      `{P} [wait]. {I} [=had/has] chosen a spot {at} from which the whole of it [can] be seen and in which nobody [=would think/would think] of looking. People [come|p] and [go|p], and {I} [put] a name to each, and a reason, and [cross] the reasons out again.`,
    ],
  },
  {
    id: 'linger-copy',
    kind: 'linger',
    text: '{P} [go] over everything known about {core}',
    plays: [
      `{P} [go] over it from the start: everything known about {core}, and beside each thing the name of whoever [=had/has] said so. The names [be|p] fewer than {I} [=had/has] thought. Most of what everybody [know|s], {I} [find], one person [=had/has] told them.`,
    ],
  },
  {
    id: 'linger-mend',
    kind: 'linger',
    text: '{P} and {b} [share|p] a silence {at}',
    plays: [
      `For a while {P} and {b} [be|p] merely two people {at}, with the evening coming on and nothing to be got out of it. {b} [pass|s] {me} half of what {b.he} [=had/has] to eat. {I} [find], to {my} surprise, that {I} [be] hungry.`,
    ],
  },
];
