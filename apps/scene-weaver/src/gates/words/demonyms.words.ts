import { wordSet } from './word-set';

/** Nationalities, languages, faiths and their people. */
export const DEMONYMS = wordSet(`
  african afghan albanian algerian american anglican anglo anglo-saxon arab arabian arabic argentine armenian asian
  assyrian australian austrian aztec babylonian balinese bantu basque bavarian belgian bengali berber bohemian bolivian
  brazilian breton british briton britons buddhist bulgarian burmese byzantine cajun californian cambodian canadian
  cantonese caribbean castilian catalan catholic caucasian celt celtic celts chilean chinese christian christians
  colombian congolese coptic cornish corsican cossack creole croatian cuban czech dane danes danish dutch dutchman
  egyptian english englishman englishmen englishwoman estonian ethiopian european europeans fijian finn finnish finns
  flemish florentine french frenchman frenchmen frenchwoman frisian gael gaelic gaul genoese georgian german germanic
  germans ghanaian greek greeks gujarati haitian hausa hawaiian hebrew hellenic hindi hindu hindus hungarian icelandic igbo inca
  indian indians indonesian inuit iranian iraqi irish irishman irishmen irishwoman islamic israeli italian italians
  jamaican japanese kannada javanese jew jewish jews jordanian kenyan korean kurdish lapp latin latvian lebanese levantine
  libyan lithuanian londoner londoners lutheran macedonian malay malaysian maltese mandarin maori mayan mediterranean
  methodist mexican moldovan mongol mongolian moor moorish moors moroccan moslem muslim muslims navajo neapolitan
  nepalese nigerian nordic norman normans norse norseman norwegian oriental ottoman pakistani palestinian parisian
  persian peruvian phoenician pole poles polish polynesian portuguese presbyterian protestant prussian puritan quaker
  roma roman romanian romans romany russian russians sami samoan sanskrit sardinian saxon saxons scandinavian scot scots
  scotsman scottish semitic senegalese serb serbian sicilian sikh slav slavic slovak slovene somali spaniard spanish
  spartan sudanese sumerian swahili swede swedes swedish swiss syrian tahitian tamil tatar texan thai tibetan trojan
  tunisian turk turkish turks tuscan ukrainian urdu venetian victorian vietnamese viking vikings visigoth welsh
  welshman yiddish yoruba zulu esperanto pashto farsi telugu punjabi tagalog xhosa afrikaans shona amharic armenian zen morse braille celsius fahrenheit kelvin roman-catholic bible biblical koran quran
  qur'an torah scripture gospel psalm psalms genesis exodus leviticus revelation`);
