export * from './rehearsal.error';
export * from './rehearsal-model';
export * from './rehearse';
