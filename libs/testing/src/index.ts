export * from './database';
export * from './model-server';
export * from './nats';
export * from './until';
export * from './system/system-client';
export * from './system/test-system';
export * from './service/scripted-model';
export * from './service/service-under-test';
