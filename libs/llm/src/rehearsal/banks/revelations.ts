/**
 * A question a chapter asks and the answer it turns on; graded by how far the book has come. `{x}` is somebody who is
 * not there when it comes out. `owned` says that only the one who did it can say it: then `{b.he}` is that person.
 */
export interface Revelation {
  question: string;
  answer: string;
  owned?: true;
}

export type Grade = 'early' | 'middle' | 'late' | 'final';

export const REVELATIONS: Record<Grade, readonly Revelation[]> = {
  early: [
    {
      question: 'who had charge of {core} last',
      answer: '{core} [have|s] passed through one more pair of hands than anyone [admit|s]',
    },
    {
      question: 'why {core} [be|s] in no record',
      answer: 'the page about {core} [have|s] been cut out with a good knife',
    },
    {
      question: 'who [have|s] asked about {core} before',
      answer: 'a stranger came with the same questions a year ago, and was answered, and went home',
    },
    {
      question: 'when {core} was last seen by two people at once',
      answer: 'the day that everyone [give|s] for it [be|s] a day on which nobody was there',
    },
    {
      question: 'who first said that {core} must be left alone',
      answer: 'the rule about {core} [be|s] younger than the people who [swear|p] by it',
    },
    {
      question: 'what {x} was doing so near {core}',
      answer: '{x} [have|s] been coming to look at {core} every week, and [have|s] told nobody why',
    },
  ],
  middle: [
    {
      question: 'what {core} [be|s] being kept for',
      answer: 'somebody [have|s] been paying, every quarter, to have {core} left as it [be|s]',
    },
    {
      question: 'what was done on the night {core} was moved',
      answer: '{core} [have|s] never been moved at all, and everything around it [have|s]',
    },
    {
      question: 'what {x} [be|s] afraid of',
      answer: '{x} [have|s] known about {core} from the beginning, and was asked to say nothing, and was not asked why',
    },
    {
      question: 'who copied out the account of {core}',
      answer: 'the account of {core} was written twice, and the false one [be|s] the one in use',
    },
    {
      question: 'how many people [know|p] about {core}',
      answer: 'everyone [know|s] a piece of it, and each [think|s] that the piece [be|s] the whole',
    },
    {
      question: 'whose name [be|s] missing from the list',
      answer: 'the name that [be|s] missing [be|s] the name of the one who drew up the list',
    },
  ],
  late: [
    {
      question: 'who [gain|s] if {core} [be|s] lost',
      answer: 'nobody [gain|s] by it, and one person [be|s] spared by it',
    },
    {
      question: 'why {x} lied',
      answer: '{x} lied about {core} so that somebody else should not have to',
    },
    {
      question: 'where the true account of {core} [be|s]',
      answer: 'the true account of {core} [have|s] been read aloud in public every year, and nobody [have|s] listened',
    },
    {
      question: 'who [have|s] been putting things right in the night',
      answer: 'two people [have|p] been mending {core} in secret, and neither [know|s] of the other',
    },
    {
      question: 'what {core} [be|s] holding up',
      answer: 'half the good that was ever done here was done to make up for {core}',
    },
  ],
  final: [
    {
      question: 'what {core} [be|s] for',
      answer: '{core} [have|s] never failed, and [have|s] done every day exactly what it was meant to do',
      owned: true,
    },
    {
      question: 'whose doing it was',
      answer: '{b.he} did it, and would again, for the one person who [will|s] never thank {b.him}',
      owned: true,
    },
    {
      question: 'what it cost, and whom',
      answer: 'everyone here [have|s] paid a little for {core}, so that no one should have to pay it all',
      owned: true,
    },
    {
      question: 'when it began',
      answer:
        'it began as a kindness, {b.he} kept it up as a habit, and nobody living [have|s] ever known it as anything but the law',
      owned: true,
    },
  ],
};
