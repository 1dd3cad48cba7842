import { wordSet } from './word-set';

/** Titles that a person's name follows: "Mr Vex", "Captain Vex". A name after one is a name, even once. */
export const NAME_TITLES = wordSet(`
  mr mrs ms miss mx master mister madam madame dr doctor prof professor sir dame lord lady count countess baron
  baroness viscount marquis marquess duke duchess earl prince princess king queen emperor empress tsar czar
  captain capt major colonel col general gen lieutenant lt sergeant sgt corporal private admiral commander commodore
  marshal constable inspector detective sheriff deputy superintendent chancellor minister president senator governor
  mayor alderman councillor bishop archbishop cardinal abbot abbess friar deacon vicar reverend rev rabbi imam
  aunt auntie uncle cousin nurse judge justice
  monsieur mademoiselle mme mlle señor señora señorita don doña signor signora signorina senhor senhora herr frau
  fräulein pan pani maître meneer mevrouw fru fröken`);

/** What a title is followed by without naming anyone: "Lady Luck", "Lord God", "General Store". */
export const NO_NAME_AFTER_TITLE = wordSet(`
  luck fortune justice god almighty charming charles street road avenue lane square house hall bay island cross luck day
  store staff office post assembly court election council mercy superior general major minor inspector mayor justice
  bess james edward henry george elizabeth mary victoria arthur lear solomon david midas consort regent mother father
  quixote juan giovanni nature time christmas chess`);
