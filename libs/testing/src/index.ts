export * from './database';
export * from './model-server';
export * from './nats';
export * from './until';
