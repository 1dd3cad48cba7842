import { centralThing } from './central-thing';
import { clueOf, readClue } from './clue';
import { minePremise } from './mine-premise';
import { pronounsOf, shortName } from './people';
import { placeIn, placeOf } from './place';
import { voiceOf } from './voice';

const PREMISE = `In Halm Ferry, a salt town, the salt clock stands in the clock house. Ada Quill comes with a ledger.
Tobias Renn keeps the clock as he was taught. In the churchyard there is a second ledger.`;

describe('mining a premise', () => {
  const mined = minePremise(PREMISE);

  it('finds people and places by name', () => {
    expect(mined.people).toEqual(['Ada Quill', 'Tobias Renn']);
    expect(mined.places).toEqual(['Halm Ferry', 'the clock house', 'the churchyard']);
  });

  it('finds things, and takes no place for one', () => {
    expect(mined.objects).toContain('salt clock');
    expect(mined.objects).not.toContain('clock house');
  });

  it.each(['', '?', 'Word', '日本の話。', '{b} [be] <x|y> </material>', 'I I I. The The.'])('survives %p', (text) => {
    expect(() => minePremise(text)).not.toThrow();
  });
});

describe('what a book turns on', () => {
  const cafe = `On a station above Titan, Inés Ruiz runs a café whose one long table goes round twice before it meets
itself. When the methane well below goes silent, the engineer Ken Oduya asks her to hide a pump in the cellar. She says
yes before she has asked what the pump is for.`;

  it.each([
    ['The Salt Clock', PREMISE, 'salt clock'],
    ['Der Brunnen & the Möbius café: a/b', cafe, 'pump'],
    ['A Walk', 'A man walks to a pub.', 'pub'],
    ['Lighthouse', 'The keeper has stopped answering letters.', 'lighthouse'],
    ['Dust', 'Two sisters inherit a bakery. The oven is never cold. Nell wants to let the oven die.', 'oven'],
    ['Untitled', 'A queen loses her shadow and sends a thief to find it. The shadow stays away.', 'shadow'],
    ['Die Uhr', 'In der Stadt bleibt die Uhr stehen. Niemand kennt das Boot.', 'locked drawer'],
    ['Pip', 'Pip is a small hedgehog. One evening a kettle rolls down to Pip, and he is a brave hedgehog.', 'kettle'],
    ['Rain', 'It was a kettle, and it leaked.', 'kettle'],
    ['A', 'B', 'locked drawer'],
  ])('%s', (title, premise, thing) => {
    expect(centralThing(title, premise, 'literary', minePremise(premise))).toBe(thing);
  });

  it.each([
    ["The Lamplighter's Ledger", 'lamplighter’s ledger'],
    ['The Lamplighter’s Ledger', 'lamplighter’s ledger'],
    ["THE BAKER'S LETTER", 'baker’s letter'],
    ['The Bakers’ Letter', 'bakers’ letter'],
    ['‘The Bakers’ Letter’', 'bakers’ letter'],
    ["Tom's Midnight Lamp", 'midnight lamp'],
    ["Tom's Ledger", 'ledger'],
    ["My Father's Ledger", 'ledger'],
    ["The King of Spain's Ring", 'ring'],
    ["The Salt Clock's Secret", 'salt clock'],
    ["The Clock-Keeper's Key", 'clock-keeper’s key'],
    ['Of Bone and Blade', 'bone'],
    ['Ledger', 'ledger'],
    ['The 13th Clock', '13th clock'],
    ['Ledger 9: 22 Keys', 'ledger'],
    ['1984', 'locked drawer'],
    ['Dust: The Glass Ledger', 'glass ledger'],
    ['Dust: Ledger of a Year', 'ledger'],
    ['The Wind-Up Clock', 'wind-up clock'],
    ['The Clock-Key', 'clock-key'],
    ['The Letter Box', 'letter box'],
    ['The Brass Compass', 'brass compass'],
    ['The “Salt” Clock', 'salt clock'],
    ["'The Salt Clock'", 'salt clock'],
    ['“The Salt Clock”', 'salt clock'],
    ["Don't Key", 'key'],
    ['Le code', 'code'],
    ['El Drone', 'drone'],
    ["L'horloge de sel", 'locked drawer'],
    ['塩の時計', 'locked drawer'],
    ['The S Ledger', 'ledger'],
    ['?!', 'locked drawer'],
    ["'s", 'locked drawer'],
  ])('is what the title names: %s', (title, thing) => {
    expect(centralThing(title, '', 'literary', minePremise(''))).toBe(thing);
  });

  it('keeps the capital of a name that the premise knows', () => {
    const of = (title: string, premise: string): string =>
      centralThing(title, premise, 'literary', minePremise(premise));
    expect(of('The Halm Ledger', 'It began in Halm, by night.')).toBe('Halm ledger');
    expect(of('The Salt Ledger', 'Salt is dear. In Salt Lane they say so of all salt.')).toBe('salt ledger');
  });

  it('has the places of the premise, accents and all, and those beside what is named', () => {
    expect(minePremise(cafe).places).toEqual(['the station above Titan', 'the café', 'the methane well', 'the cellar']);
    expect(minePremise('In Oslo, a bell rings.').places).toEqual(['Oslo']);
  });

  it('has the people of the premise, and knows of which kind somebody without a name is', () => {
    expect(minePremise('The boat brings his daughter Marit.').people).toEqual(['Marit']);
    expect(minePremise('A man walks to a pub.').lead).toBe('he');
    expect(pronounsOf('Ken Oduya', cafe).he).toBe('he');
    expect(pronounsOf('Inés Ruiz', cafe).he).toBe('she');
  });
});

describe('places', () => {
  it('are what the premise says they are', () => {
    expect(placeOf('Halm Ferry', PREMISE)).toMatchObject({ said: 'Halm Ferry', at: 'in Halm Ferry', type: 'street' });
    expect(placeOf('The coal quay')).toMatchObject({ said: 'the coal quay', at: 'on the coal quay', type: 'water' });
    expect(placeOf('The market under the bridge')).toMatchObject({ type: 'street' });
    expect(placeOf('The bus station')).toMatchObject({ at: 'at the bus station', type: 'street' });
    expect(placeOf('Larkfall Station')).toMatchObject({ type: 'vessel' });
    expect(placeOf('The hydroponic bay')).toMatchObject({ at: 'in the hydroponic bay', type: 'work' });
    const premise = 'In the Glass Harbour she waits for the mail from The Hague.';
    expect(placeOf('The Glass Harbour', premise)).toMatchObject({ said: 'the Glass Harbour', type: 'water' });
    expect(placeOf('The Hague', premise)).toMatchObject({ said: 'The Hague' });
    expect(placeOf('The churchyard')).toMatchObject({ at: 'in the churchyard', type: 'wild' });
  });

  it('are rooms of a ship where the book plays aboard one', () => {
    const premise = 'Marrow Station hangs under the ice. She looks for the signal room and the infirmary.';
    const typeIn = (genre: 'science-fiction' | 'literary', name: string): string =>
      placeIn({ genre, mined: minePremise(premise) }, name, premise).type;
    expect(typeIn('science-fiction', 'The signal room')).toBe('vessel');
    expect(typeIn('science-fiction', 'The infirmary')).toBe('vessel');
    expect(typeIn('literary', 'The signal room')).toBe('house');
  });
});

describe('people', () => {
  it('are called by what people call them', () => {
    expect(['Big Brother', 'Mary King', 'Ada Quill', 'Brother Anselm', 'Wren', 'J. Peel'].map(shortName)).toEqual([
      'Big Brother',
      'Mary',
      'Ada',
      'Brother Anselm',
      'Wren',
      'Peel',
    ]);
    expect(['Old Nan Thistle', 'Sir Walter Scott', 'Captain Yusra Dane', 'Herr Böttcher'].map(shortName)).toEqual([
      'Old Nan',
      'Sir Walter',
      'Captain Dane',
      'Herr Böttcher',
    ]);
  });

  it('have the pronouns of the premise before those of their names', () => {
    expect(pronounsOf('Ada Quill', 'Ada Quill shaves when he is angry.').he).toBe('he');
    expect(pronounsOf('Ada Quill', '').he).toBe('she');
    expect(pronounsOf('Brother Anselm', 'Brother Anselm hears her. She waits.').he).toBe('he');
    expect(pronounsOf('Ada Quill', 'In Halm Ferry, Ada Quill shaves when he is angry.').he).toBe('he');
  });

  it('have not those of somebody whom the premise has named before, where their name tells', () => {
    const premise = 'Edith Vane plays no more. Marcus Hale comes to her flat and stays until she plays.';
    expect(pronounsOf('Marcus Hale', premise).he).toBe('he');
    expect(pronounsOf('Xyl Hale', premise.replace('Marcus', 'Xyl')).he).toBe('she');
  });

  it.each([
    ['Bob Stone', 'he'],
    ['Big Brother', 'he'],
    ['The Widow Marsh', 'she'],
    ['Old King Cole', 'he'],
    ['Herr Böttcher', 'he'],
    ['Mary King', 'she'],
    ['Charlie Bell', 'he'],
    ['Zoë Hart', 'she'],
    ['Anne-Marie Duval', 'she'],
    ['Grandma Tala', 'she'],
  ])('have the pronouns that readers take from a name: %s', (name, he) => {
    expect(pronounsOf(name, '').he).toBe(he);
  });

  it('talk as their baseline says', () => {
    expect(voiceOf('Ada', 'dry, exact, hides kindness behind rules')).toBe('clipped');
    expect(voiceOf('Maud', 'warm, talks while pouring')).toBe('warm');
  });
});

describe('clues', () => {
  it('of a book of 400 chapters are all different, and are recognised by their words', () => {
    const clues = Array.from({ length: 401 }, (_, index) => clueOf('a book', 'mystery', ['second ledger'], index));
    expect(new Set(clues.map(({ full }) => full)).size).toBe(401);
    for (const clue of clues) expect(readClue(clue.full)).toEqual(clue);
  });

  it('of another author still have a name and a use', () => {
    expect(readClue('a cracked violin that plays one note')).toMatchObject({ noun: 'cracked violin' });
  });
});
