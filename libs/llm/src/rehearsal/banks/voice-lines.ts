import type { VoiceKey } from '../story/voice';

/** What a line of talk does. */
export type LineUse = 'press' | 'deflect' | 'concede' | 'challenge' | 'aside' | 'close';

export const VOICE_LINES: Record<VoiceKey, Record<LineUse, readonly string[]>> = {
  clipped: {
    press: ['When?', 'Say it shorter.', 'Which of you had {core} that night?', 'Once more. Without the weather.'],
    deflect: [
      'Not today.',
      'That is a different question.',
      'I keep no opinion on that.',
      'Ask me something I can refuse properly.',
    ],
    concede: ['Fair.', 'I was there. That is all I was.', 'You may have that much.', 'Yes. Write it down if you must.'],
    challenge: ['Prove it.', 'You are guessing.', 'Then why is {core} still here?', 'Two things cannot both be last.'],
    aside: [
      'It was cheaper to be wrong.',
      'I count things. It is not a virtue.',
      'People will mend anything but a habit.',
    ],
    close: ['That will do.', 'We are finished, I think.', 'Mind the step.', 'Good. Go home.'],
  },
  warm: {
    press: [
      'Come, sit by me and tell it from the start.',
      'You need not spare me, you know.',
      'What did it do to you, to see {core} like that?',
      'Have you eaten? Then tell me who was there.',
    ],
    deflect: [
      'Oh, my dear, let that one sleep.',
      'You will have something hot first.',
      'There are people still living who would be hurt by it.',
      'Ask me when the house is empty.',
    ],
    concede: [
      'I should have told you at the door.',
      'You have earned it, I suppose, and I am tired.',
      'Yes. I was fond of the lie, that is the worst of it.',
      'I cried about {core} once. Only once.',
    ],
    challenge: [
      'Is that kind, what you are doing?',
      'And who looks after them when you have your answer?',
      'You would not say that to a child.',
      'I have known you longer than you have known that.',
    ],
    aside: [
      'Nobody was ever the worse for a blanket.',
      'My mother would have had it out of you by now.',
      'One forgives people in the order they come to the door.',
    ],
    close: [
      'Go carefully. I mean it.',
      'Take the scarf, at least.',
      'Come back whether or not you are right.',
      'There, now. That is enough for one day.',
    ],
  },
  voluble: {
    press: [
      'Now, I would never ask, I am not an asker, but who exactly had {core} in the end?',
      'Tell me all of it, and then tell me the part you left out, which is generally the better part.',
      'You have the look of someone with a date in their pocket, so out with it, which date?',
    ],
    deflect: [
      'Well, that is a long story, and the beginning of it is longer, and I was not there for the end.',
      'If I had a coin for everyone who asked me that I could pay them all to stop.',
      'Some say one thing, some another, and I have always found it healthier to say both.',
    ],
    concede: [
      'All right, all right, I was there, I was in the doorway, I am always in the doorway, it is practically my address.',
      'You have it, near enough, and what you have not got is only the shabby part.',
      'I told it so often the other way that I could draw you a picture of things that never happened.',
    ],
    challenge: [
      'And you believed that? From that mouth, on that evening, with that hat?',
      'Oh, prove it, certainly, and when you have proved it, who do you imagine will thank you?',
      'You make it sound as if someone had planned it, and nobody here has planned so much as a supper.',
    ],
    aside: [
      'I say nothing against anybody, it is my one extravagance.',
      'There was a dog in it too, but nobody ever asks about the dog.',
      'The trouble with {core} is that it is the only thing here worth talking about.',
    ],
    close: [
      'Well, I have said too much, and most of it was true, so I shall go.',
      'If anybody asks, we talked about the price of coal, and disagreed.',
      'Off you go, then, and if it all falls in, remember I was charming.',
    ],
  },
  blunt: {
    press: [
      'Out with it.',
      'Did you or did you not touch {core}?',
      'Who are you protecting? It is not yourself, you are bad at that.',
      'Stop being polite and answer.',
    ],
    deflect: [
      'None of your business.',
      'I do not talk about that sober.',
      'You can stand there until you grow moss.',
      'No. And you may ask me again tomorrow, and no.',
    ],
    concede: [
      'Fine. I lied. It was a good lie and it kept people fed.',
      'You are right and I do not enjoy it.',
      'I moved it. There. Are you happier?',
      'It was my doing. The rest was weather.',
    ],
    challenge: [
      'You have no idea what you are holding.',
      'Big words. Whose are they?',
      'You were not here. That is your whole trouble.',
      'And if I break the thing in front of you, what then?',
    ],
    aside: [
      'I never liked {core}. It looks back.',
      'Everyone here is brave after supper.',
      'If it wants to fall it will fall.',
    ],
    close: [
      'Get out while I am in a good temper.',
      'We are done.',
      'Shut the door. From the other side.',
      'Tell them I was rude. They will believe the rest, then.',
    ],
  },
  hesitant: {
    press: [
      'I only wanted, if it is not, that is, who was it who had {core}?',
      'Was it, was it before the lamp was lit or after? It makes a difference. I think it does.',
      'You said you were alone. I wrote it down. Were you?',
    ],
    deflect: [
      'I am not, I should not be the one to say.',
      'It was dark, and I am never sure of, of sizes, in the dark.',
      'Could we, perhaps, not in here?',
    ],
    concede: [
      'I saw it. I have been trying not to have seen it.',
      'Eleven. There were eleven of them. I counted so as not to listen.',
      'Yes. I mean, I did not stop it. That is a sort of yes.',
    ],
    challenge: [
      'But that, no, that cannot be right, because the door opens inward.',
      'You keep saying everyone. I was there, and I am, I am someone.',
      'If it was an accident, why did you, why was it cleaned?',
    ],
    aside: [
      'I like the sound {core} makes. I know one should not.',
      'People finish my sentences. Mostly with something else.',
      'It is always colder just before somebody tells the truth. Have you noticed?',
    ],
    close: [
      'I should, they will be wondering where I am.',
      'You will not say it was me? You may, if you need to. But you will not?',
      'That is all. There is more, but that is all.',
    ],
  },
  formal: {
    press: [
      'I should be obliged to hear, in your own words, who had the care of {core}.',
      'You will forgive the question; I have come some distance in order to ask it.',
      'Let us suppose, for the sake of order, that you were telling the truth. What came next?',
    ],
    deflect: [
      'I do not believe that I am at liberty to say.',
      'The matter was closed, and I was present at the closing.',
      'You ask it very courteously. I decline in the same spirit.',
      'It would be a kindness to us both if I had not heard that.',
    ],
    concede: [
      'I find that I can no longer refuse you without also lying to you.',
      'You are correct in the main. In the particulars you are merely early.',
      'I did what was asked of me. I have since wondered by whom.',
    ],
    challenge: [
      'Those are grave words, and you have set them down rather lightly.',
      'I wonder whether you have considered what {core} is holding up.',
      'One of us is mistaken. I have the advantage of having been there.',
    ],
    aside: [
      'In my experience the truth does not improve with airing.',
      'I was brought up to think of {core} as one thinks of a relation.',
      'Courtesy is not warmth, but it keeps.',
    ],
    close: [
      'I shall not detain you.',
      'You will find the way out as you found the way in.',
      'Let us consider this conversation as not yet having taken place.',
    ],
  },
};
