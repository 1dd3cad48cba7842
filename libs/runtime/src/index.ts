export * from './execution/errors';
export { MAX_FAILURES, MAX_LOSSES, MAX_PAUSES } from './execution/failure';
export * from './execution/run-executor';
export * from './journal/journal';
export * from './reconciler/reconciler';
export * from './runs/run-starts';
export * from './runs/run.types';
export * from './runtime.module';
export * from './runtime.tables';
