/** "…, she thought": marks an unquoted thought, whose "I" is the character's and not the narrator's. */
export const THOUGHT_TAG =
  /\b(?:thought|thinks|wondered|wonders|mused|muses|pondered|reflected|prayed|realised|realized|decided|told (?:him|her|them)sel(?:f|ves)|reminded (?:him|her|them)sel(?:f|ves)|promised (?:him|her|them)sel(?:f|ves)|asked (?:him|her|them)sel(?:f|ves))\b/i;

/** Words before "I" that make it a numeral: "Part I", "World War I". */
export const NUMBERED_BEFORE =
  /\b(?:part|chapter|book|act|scene|volume|vol|war|phase|type|class|level|article|section|grade|appendix|figure|table|mark)\s$/i;

/** Exclamations with "my" or "me" that are not somebody's narration: "My God", "dear me". */
export const MY_EXCLAMATION = /^my\s+(?:god|goodness|word|lord|lady|lords|dear|heavens|stars|my)\b|^my[,!]/i;
export const ME_EXCLAMATION = /\b(?:dear|ah|woe is|goodness|bless|heaven help)\s$/i;
