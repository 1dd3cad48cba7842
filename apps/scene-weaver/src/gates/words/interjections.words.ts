import { wordSet } from './word-set';

/** What people exclaim, call each other and swear by, with a capital or without. */
export const INTERJECTIONS = wordSet(`
  ah aha ahem ahoy alas amen argh aw bah behold blimey bloody boo bravo bye cheers christ cor crikey cripes darling
  dearest dear eh er erm ew farewell gee god gods goddess goodbye goodness gosh greetings gracious ha hah hallelujah
  hallo halt haw heavens heaven hell hello hey hi hm hmm hmmm ho hooray hullo huh hurrah hush hymn jesus la lo lord lordy
  mercy mhm mm mmm mum nah no nope o och oh ok okay ooh oops ouch ow oy oyez pah phew pooh pardon providence psst pff
  rubbish saints satan shh shhh sh shit sweetheart sod tch thanks tsk tut ugh uh uh-huh um umm um-hm well whew whoa
  whoops wow yeah yep yup yikes yo almighty allah buddha jehovah yahweh messiah saviour savior maker creator`);
