/**
 * Skeletons of talk: `{b:press}` is a line of the other's, in their voice; `{p:press}` one of the point-of-view
 * person's. Paragraphs are divided by line breaks.
 */
export const EXCHANGES: readonly string[] = [
  `“{p:press}” {I} [say].
“{b:deflect}” {^b} [look|s] at {thing} while saying it.
“{p:challenge}”
That [stay|s] between {them} for the space of a breath. “{b:concede}”`,
  `“{b:press}” {b} [say|s].
{P} [shake] {my} head. “{p:deflect}”
“{b:aside}”
It [be|s] not an answer, and {they} both [know|p] what it [be|s] instead.`,
  `“{b:challenge}” {b} [say|s], not <unkindly|loudly>.
“{p:concede}”
“Well.” {^b} [run|s] a finger along {thing}. “{b:aside}”`,
  `“{p:challenge}”
{^b} [take|s] {b.his} time. Somewhere there [be|s] {sound}. “{b:deflect}”
“{p:press}”
“{b:close}” And {b.he} [turn|s] to {thing} as though it [=had/has] spoken.`,
  `“{b:aside}” {b} [say|s].
{P} [wait] for the rest of it. There [be|s] no rest.
“{p:press}” {I} [say] at last.
“{b:concede}”`,
];
