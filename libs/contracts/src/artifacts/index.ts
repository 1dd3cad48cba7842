export * from './plan.schema';
export * from './scene.schema';
export * from './shared.schema';
export * from './vision.schema';
export * from './world.schema';
