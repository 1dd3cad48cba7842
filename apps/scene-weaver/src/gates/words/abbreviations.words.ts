import { wordSet } from './word-set';

/** Abbreviations whose full stop ends no sentence, in lower case and without that stop. */
export const ABBREVIATIONS = wordSet(`
  mr mrs ms dr prof st mt ft capt cap lt col gen adm sgt cpl cmdr rev hon fr sr jr esq messrs mme mlle
  vs viz cf e.g i.e eg ie no nos vol p pp ca approx`);
