export * from './conductor.requests';
export * from './paging';
export * from './planner.requests';
export * from './world-bible.requests';
export * from './scene-weaver.requests';
export * from './lore-fulfillment.requests';
export * from './telemetry.requests';
export * from './runtime.requests';
