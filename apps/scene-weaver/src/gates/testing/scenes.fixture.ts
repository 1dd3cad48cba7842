/** Prose as language models and people write it, with the names a world bible would have for it. */
export interface SceneFixture {
  name: string;
  pov: 'first' | 'third-limited' | 'third-omniscient';
  povName: string;
  cast: string[];
  knownNames: string[];
  prose: string;
}

export const SCENES: readonly SceneFixture[] = [
  {
    name: 'a harbour mystery with curly quotes',
    pov: 'third-limited',
    povName: 'Ada Quill',
    cast: ['Ada Quill', 'Tom Harrow', 'Mrs. Pell'],
    knownNames: ['Ada Quill', 'Tom Harrow', 'Mrs. Pell', 'the Salt Clock', 'Port Sorrow', 'the Harbour Board'],
    prose: `The rain had come in off the sea by six, and by seven it had settled over Port Sorrow like a bad tenant. Ada stood in the doorway of the clock tower with her collar up and her lantern unlit, listening.

Nothing ticked.

That was wrong. The Salt Clock had ticked through the great storm, through the Harbour Board’s three attempts to sell it, through the night her father died. It did not stop. It had never stopped.

“Miss Quill?” Tom Harrow came up the steps two at a time, as he came up all steps, as if someone had promised him a prize at the top. “Miss Quill, they’re saying in the market—”

“I know what they’re saying in the market.”

“They’re saying it’s stopped.”

“Then for once they’re right.” Ada held the lantern out to him without turning round. “Light that, please. My hands are wet.”

He lit it. It took him four matches, and he swore at the third, quietly, the way he’d been brought up to. Light climbed the walls: brass, salt, the long pendulum hanging straight as a plumb line. Harrow looked at it and then looked away, as one looks away from a man weeping in the street.

“Maybe it’s only tired,” he said.

“Clocks don’t get tired, Tom. People get tired. Clocks get dirty.” She knelt and put her palm flat against the case. It was warm. She hadn’t expected that. Behind her, on the stairs, someone coughed.

Mrs. Pell had brought soup. She always brought soup; it was her answer to fires, funerals and, on one occasion, a Bishop. “Eat,” Mrs. Pell said. “Both of you. Whatever it is, it’ll be the same after soup.”

“On Thursday it lost a minute,” said Ada. “On Friday, two. I wrote it down. I thought it was me.”

“God help us,” said Mrs. Pell, and sat down on the top step, and for a while none of them said anything. Outside, the gulls had gone quiet. The tide, which had turned at a quarter past six every evening that week, did not seem to be turning at all.

I should have told someone, Ada thought. She said: “Pass me the bread.”`,
  },
  {
    name: 'a first-person noir in American spelling',
    pov: 'first',
    povName: 'Jack Marrow',
    cast: ['Jack Marrow', 'Delia Voss'],
    knownNames: ['Jack Marrow', 'Delia Voss', 'the Blue Parrot', 'Sal Benedetto'],
    prose: `I found Delia Voss where everybody found Delia Voss, which was at the far end of the bar in the Blue Parrot, with her back to the wall and a glass of something expensive that someone else had paid for.

"You're late, Jack," she said.

"I was never invited."

"That's what I like about you. Most men wait." She slid the envelope across the bar. It was thick, and it was sealed, and it had Sal's thumbprint on it in what I hoped was ketchup. Monday's paper lay next to it, folded to the obituaries.

I didn't touch it. Twelve years on the job had taught me that the things people slide across bars tend to slide back. The bartender, a big Irish kid with a boxer's ears, polished the same glass he'd been polishing since I came in.

"What's in it?"

"Photographs." She smiled. Jesus, that smile. "You remember the summer in Mexico?"

"I remember the hangover."

"There's a man in Sal's office who remembers more than that. He's got a camera, and a long memory, and he wants ten thousand dollars by Sunday." She finished the drink. Somebody put a nickel in the jukebox and Billie's voice came out of it, slow and bruised. "Or the D.A. gets the whole roll."

My mouth had gone dry. I thought about the Captain, and about the pension I wasn't going to get, and about how the rain sounded on the roof of a car when there was nobody in it to talk to. Then I picked up the envelope, because I've never once in my life left well enough alone.

"Where do I find him?"

"That's the funny part," Delia said. "He's been sitting behind you the whole time."`,
  },
  {
    name: 'a fantasy council with capitalised offices',
    pov: 'third-limited',
    povName: 'Ysolde',
    cast: ['Ysolde', 'Brannoch', 'the Warden'],
    knownNames: [
      'Ysolde of Hartmere',
      'Brannoch',
      'Hartmere',
      'the Ninefold Gate',
      'the Warden',
      'Khareth',
      'the Ashen Court',
    ],
    prose: `The Council met, as it had always met, in the round chamber beneath the Ninefold Gate, where there were no corners for anyone to hide in. Ysolde took the seat nearest the door. Old habits. Her mother had taught her to count exits before she taught her to count.

"You are early, my lady," said Brannoch.

"I am never early. Everyone else is late."

He grinned at that, all teeth and beard. Brannoch had fought in the Khareth wars and come home with one eye and a laugh, and he had managed to keep both. "Has the Warden spoken to you?"

"The Warden never speaks to me. She issues instructions." Ysolde drew off her gloves, finger by finger. Across the table, the three envoys from the Ashen Court sat very straight in their grey silks, and watched her do it, and said nothing. Khareth's ambassador was not among them.

*They know,* she thought. *They already know, and they came anyway.*

The doors opened. Everyone rose. The Warden came in without ceremony, leaning on her stick, and behind her walked a boy of perhaps ten who carried a box of black wood, and carried it as though it might bite.

"Sit," said the Warden. "All of you. Brannoch, close the door. This will not take long, and none of you will enjoy it."

It took an hour, and nobody did. When it was over, when the Council had voted and the envoys had bowed and the boy had been led away to be given honey cakes, Ysolde found that she was still standing in the same place with her gloves in her hand. Hartmere would burn. She had known it since spring. It was another thing to see it written down in the Warden's neat brown ink, with a date beside it.

"My lady." Brannoch's voice was careful. "Ysolde. Say something."

"Midsummer," she said. "They've given us until Midsummer."

***

She rode out before dawn. Nobody stopped her; the Watch at the gate looked at her face and found something to do elsewhere. The road north was empty but for crows.`,
  },
  {
    name: 'British single quotes and apostrophes',
    pov: 'third-limited',
    povName: 'Colm',
    cast: ['Colm Daly', 'Nan Daly'],
    knownNames: ['Colm Daly', 'Nan Daly', 'Rathmoy'],
    prose: `'You'll have had your tea,' said Nan, which was not a question.

'I have not,' said Colm.

'Then you'll be wanting it.' She went on buttering. The dogs' bowls stood in a row by the range, licked clean, and the dogs themselves lay in a heap with their paws twitching. 'Your brothers' boots are still in the hall. I told them 'twas no place for boots. D'you think they listen?'

Colm sat. The kitchen at Rathmoy had not changed since he was a boy; it had only got smaller. The clock said ten past four, as it had said for eleven years. Sunlight lay on the oilcloth. On the wall, the Pope and a dead president looked past each other with the same expression, like men at a bus stop.

'Nan,' he said, 'I've sold the top field.'

She didn't stop buttering. He'd thought she might. He'd thought, God forgive him, that there would be shouting, and he had practised for shouting all the way from Dublin. 'Have you,' she said.

''Tis done. The papers went off on Wednesday.'

'And who's to have it?'

He told her. Outside, one of the hens made the long rising sound of a hen that has changed her mind. Nan put the knife down then. She wiped her hands, slowly, the backs and then the fronts, and folded the cloth in three.

'Your grandfather', she said at last, 'carried the stones out of that field in his arms. One by one. Every night for a winter. And when he'd done he said to me, "Nan, that's the last thing I'll ever lift," and d'you know, it nearly was.'

'I know, Nan.'

'You don't,' she said, not unkindly. 'But eat your bread.'`,
  },
  {
    name: 'a science-fiction scene in the present tense',
    pov: 'third-limited',
    povName: 'Ines Okafor',
    cast: ['Ines Okafor', 'Teodor Lindqvist', 'MERIDIAN'],
    knownNames: ['Ines Okafor', 'Teodor Lindqvist', 'Meridian', 'Calypso Station', 'Deck Nine', 'the Long Dark'],
    prose: `## Deck Nine

The alarm on Deck Nine has been ringing for six minutes when Ines decides that nobody is coming.

"Meridian," she says. "Status."

"All systems nominal," says Meridian, in the voice it uses for birthdays.

"Then why is the alarm ringing?"

"What alarm?"

Ines closes her eyes. She counts to five in English and then, because that doesn't help, to five in Igbo. When she opens them Teo is in the hatchway, upside down, one hand on the rail, hair standing out from his head like a dandelion clock. Dr. Lindqvist never comes down this far. He says that gravity makes him stupid.

"It can't hear it," he says. "I checked. It's deaf on this deck. Something's eaten the cables."

"Eaten."

"I'm a botanist. I know what eaten looks like." He holds up a length of fibre. The end is frayed and wet. "So. Either we have rats, which, four light years from Earth, would be quite a paper. Or."

"Don't say it."

"Or something came aboard at Calypso."

The lights flicker. They both look up, the way people do, as if the ceiling might explain itself. Calypso Station is eleven weeks behind them, and there was nothing on Calypso but ice and a bar and a Frenchman who cheated at cards. She'd signed for the cargo herself. Forty crates of seed stock. Forty crates, sealed, stamped, scanned twice.

"How many crates are in the hold?" Ines asks.

"Forty."

"You counted?"

"Meridian counted," says Teo, and then he hears himself, and his face does something complicated. NOTHING IS WRONG, says the panel beside his head, in friendly green letters. HAVE A PRODUCTIVE DAY.`,
  },
  {
    name: 'an omniscient fairy tale with an intrusive narrator',
    pov: 'third-omniscient',
    povName: 'Marit',
    cast: ['Marit', 'Old Jorgen', 'the Fox'],
    knownNames: ['Marit', 'Old Jorgen', 'the Fox', 'Winterholt'],
    prose: `There was once, in the forest of Winterholt, a girl named Marit who was not afraid of anything, which was very foolish of her, and I shall tell you why.

Old Jorgen, her grandfather, had told her the rules. Do not whistle after dark. Do not pick up what you did not put down. And never, never strike a bargain with the Fox. Marit had listened to all of it with great attention, and had understood none of it, for she was nine.

So when the Fox came to the woodpile on the shortest day of the year and asked, very politely, whether she might spare him a little fire, Marit thought only that he looked cold.

"What will you give me for it?" she asked.

The Fox considered. Snow fell on his nose. Far away, in the village, they were ringing the bells for Christmas, and Old Jorgen was counting his coins and coming out one short.

"I will give you," said the Fox, "a name."

"I have a name."

"You have a name for daytime," said the Fox. "Everyone has. But what do they call you in the dark?"

Marit had no answer to that. Neither, as a matter of fact, had anybody else in Winterholt; it was not the kind of question they went in for. She gave him the fire. She carried it out to him in the good copper pan, and he took it in his mouth, and it did not burn him, and he told her the name.

It was a good name. It fitted her like a glove fits a hand. But names are heavy, in the forest, and she had not gone ten steps toward the house before she noticed that the other one, the daytime one, had fallen off.`,
  },
];
