import { wordSet } from './word-set';

/**
 * The best-known places of the real world, some under their own names. Nobody's scene invents them, and a world
 * bible rarely lists them. Each word of a name is its own entry.
 */
export const REAL_PLACES = wordSet(`
  africa america americas antarctica arctic antarctic asia australia australasia europe eurasia earth mars venus mercury
  jupiter saturn neptune uranus pluto milky orion sirius polaris atlantic pacific baltic mediterranean adriatic aegean
  caspian channel thames seine rhine danube nile amazon mississippi ganges volga tiber sahara alps himalayas everest
  pyrenees andes britain england scotland wales ireland cornwall yorkshire kent sussex essex devon dorset norfolk
  suffolk london oxford cambridge manchester liverpool birmingham bristol edinburgh glasgow dublin belfast cardiff
  france paris marseille lyon germany berlin munich hamburg vienna austria switzerland zurich geneva italy rome venice
  florence milan naples sicily spain madrid barcelona seville portugal lisbon netherlands holland amsterdam belgium
  brussels denmark copenhagen norway oslo bergen sweden stockholm finland helsinki iceland poland warsaw krakow prague
  bohemia hungary budapest romania bulgaria greece athens sparta troy crete cyprus malta turkey istanbul constantinople
  russia moscow petersburg siberia ukraine kiev kyiv crimea georgia armenia syria damascus lebanon beirut israel
  jerusalem palestine egypt cairo alexandria morocco tunis algeria libya ethiopia kenya nairobi nigeria lagos ghana
  zanzibar congo iraq baghdad iran persia tehran arabia mecca india delhi bombay mumbai calcutta kolkata madras ceylon
  nepal tibet china peking beijing shanghai hong kong japan tokyo kyoto korea seoul vietnam saigon siam thailand bangkok
  burma malaya singapore java sumatra borneo philippines manila australia sydney melbourne tasmania zealand hawaii
  fiji tahiti canada toronto montreal quebec vancouver york new-york boston chicago washington philadelphia california
  texas florida virginia carolina louisiana orleans hollywood brooklyn manhattan mexico cuba havana jamaica haiti brazil
  rio chile argentina aires peru lima bolivia venezuela colombia panama
  españa sevilla francia italia alemania inglaterra londres parís europa áfrica américa méxico rusia china grecia
  angleterre allemagne espagne italie europe afrique amérique londres vienne grèce russie chine
  italia francia germania inghilterra londra parigi roma milano venezia firenze napoli spagna grecia
  inglaterra frança espanha itália alemanha lisboa porto brasil portugal roma
  polska warszawa kraków niemcy francja anglia rosja praga
  россия москва петербург англия лондон франция париж германия берлин европа
  duitsland frankrijk engeland londen parijs sverige norge danmark tyskland frankrike paris`);
