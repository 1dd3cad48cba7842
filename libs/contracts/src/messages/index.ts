export * from './alert.events';
export * from './audit';
export * from './commands';
export * from './contract';
export * from './events';
export * from './lore.messages';
export * from './raised-lore.schema';
export * from './requests';
