export * from './behaviour';
export * from './model-server';
export type { ChatRequest, RecordedCall } from './recorded-call';
