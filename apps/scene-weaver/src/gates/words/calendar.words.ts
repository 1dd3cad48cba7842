import { wordSet } from './word-set';

/** Days, months, feasts and ages. */
export const CALENDAR_WORDS = wordSet(`
  monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays
  sundays january february march april may june july august september october november december jan feb mar apr jun
  jul aug sept sep oct nov dec mon tue tues wed thu thurs fri sat sun
  christmas xmas eve easter advent lent epiphany pentecost whitsun michaelmas candlemas lammas martinmas hallowe'en
  halloween hallows yule yuletide noel boxing new ramadan eid passover hanukkah purim diwali sabbath shabbat lady-day
  solstice equinox candlemas thanksgiving twelfth-night whit shrove ash maundy palm holi sylvester
  spring summer autumn fall winter am pm bc ad ce bce gmt anno domini
  victorian edwardian georgian elizabethan jacobean regency renaissance baroque medieval gothic romanesque romantic
  enlightenment reformation neolithic jurassic ice-age stone-age bronze-age`);
