/** The reason of what is blocked because lore that it waits for is not ready. */
export const LORE_NOT_READY = 'LORE_NOT_READY';
export const WAITS_FOR_LORE = 'waits for lore that is not ready';
/** What a gate says that looked once more and found lore missing; `details.missing` holds the requirement ids. */
export const LORE_MISSING = 'LORE_MISSING';
/** What the check of a scene says that found names nobody has established; `details.needs` holds them. */
export const LORE_NEEDED = 'LORE_NEEDED';
/** What a scene fails with; `details.contradictions` holds what only the writer can decide about. */
export const SCENE_GATES_FAILED = 'SCENE_GATES_FAILED';
