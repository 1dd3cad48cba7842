export * from './commands';
export * from './contract';
export * from './events';
export * from './requests';
