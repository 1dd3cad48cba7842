import { ProseReading } from '../reading/prose-reading';
import { domainOf } from './domain-cues';

describe('what an unknown name stands for', () => {
  test.each([
    ['people', 'Vex', 'He met Mr Vex.'],
    ['people', 'Marta Vex', '“Rain,” said Marta Vex. Nobody answered.'],
    ['people', 'Vex', 'Then Vex nodded. In the hall Vex left her.'],
    ['people', 'Zebedee', 'She knew a man called Zebedee.'],
    ['people', 'Zebedee', 'And Zebedee, of all things.'],
    ['places', 'Xanadu', 'They had lived in Xanadu.'],
    ['places', 'Xanadu', 'It lay on the road to Xanadu.'],
    ['places', 'Xanadu', 'The town of\nXanadu slept.'],
    ['places', 'Vex Street', 'He said Vex Street was shut.'],
    ['factions', 'Vex Company', 'They lived in Vex Company.'],
    ['factions', 'Zoarch', 'He was of the Order of the Zoarch.'],
    ['factions', 'Zoarch', 'Two Zoarch soldiers came.'],
    ['history', 'Zarn', 'Since the Zarn nobody sang.'],
    ['history', 'Zarn', 'It was before the Battle of Zarn.'],
    ['objects', 'Zarn', 'She wound the Zarn, and the Zarn ticked.'],
    ['objects', 'Zarn', 'She sailed on *Zarn* at noon.'],
  ])('%s: %s, in “%s”', (domain, name, prose) => expect(domainOf(name, new ProseReading(prose, 'en'))).toBe(domain));

  it('is a person where the name is a part of others only', () =>
    expect(domainOf('Zarn', new ProseReading('In Zarnia.', 'en'))).toBe('people'));
});
