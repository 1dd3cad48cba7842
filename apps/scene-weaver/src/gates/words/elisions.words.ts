import { wordSet } from './word-set';

/** Words that start with an apostrophe which opens no quotation: 'tis, 'em. */
export const ELISIONS = wordSet(`
  tis twas twere twill twould em cause cos coz til till n bout round un uns ere neath gainst tween ud ad ave
  ello fraid nother nuff scuse yer zat alf appen ome ouse`);
