/** A question a chapter asks and the answer it turns on; graded by how far the book has come. */
export interface Revelation {
  question: string;
  answer: string;
}

export type Grade = 'early' | 'middle' | 'late' | 'final';

export const REVELATIONS: Record<Grade, readonly Revelation[]> = {
  early: [
    {
      question: 'who had charge of {core} last',
      answer: '{core} [=had/has] passed through one more pair of hands than anyone [admit|p]',
    },
    {
      question: 'why {core} [be|s] in no record',
      answer: 'the page about {core} [=had been/was] cut out with a good knife',
    },
    {
      question: 'who asked about {core} before',
      answer: 'somebody [=had come/came] with the same questions a year before, and [=had been/was] answered',
    },
    {
      question: 'when {core} was last seen whole',
      answer: 'the day everybody [give|p] for it [be|s] a day on which nobody [=had been/was] there',
    },
  ],
  middle: [
    {
      question: 'what {core} [be|s] kept for',
      answer: 'somebody [=had been/has been] paying, every quarter, to have {core} left as it [be|s]',
    },
    {
      question: 'what was done the night {core} was moved',
      answer: '{core} [=had/has] never been moved at all: everything around it [=had/has]',
    },
    {
      question: 'what {b} [be|s] afraid of',
      answer: '{b} [=had known/has known] about {core} from the beginning, and [=had been/was] asked to say nothing',
    },
    {
      question: 'who copied the record of {core}',
      answer: 'the record of {core} [=had been/was] written twice, and the false one [be|s] the one in use',
    },
  ],
  late: [
    {
      question: 'who [gain|s] if {core} [be|s] lost',
      answer: 'nobody [=would gain/gains] by it, and one person [=would be/is] spared by it',
    },
    {
      question: 'what {b} did',
      answer: '{b} [=had lied/lied] about {core} to keep somebody else from having to',
    },
    {
      question: 'where the true account of {core} [be|s]',
      answer:
        'the true account of {core} [=had been/has been] read aloud in public every year, and nobody [=had/has] listened',
    },
  ],
  final: [
    {
      question: 'what {core} was for',
      answer: '{core} [=had/has] never failed: it [=had done/does] exactly what it [=had been/was] made to do',
    },
    {
      question: 'who it [=had been/was]',
      answer: '{b} [=had done/did] it, for the one person who [=would/will] never thank {b.him}',
    },
    {
      question: 'what it cost',
      answer: 'everybody [=had/has] paid a little for {core}, so that nobody [=should/should] have to pay it all',
    },
  ],
};
