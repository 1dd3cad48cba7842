export * from './check-scene';
export { contradictionsIn } from './facts/locked-facts.gate';
export * from './gate-input';
export { unknownNamesIn } from './names/known-names.gate';
export { ProseReading } from './reading/prose-reading';
