export * from './check-scene';
export * from './gate-input';
export { ProseReading } from './reading/prose-reading';
