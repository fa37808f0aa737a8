export { startControllers } from './start-controllers.ts';
export type { ControllerContext, ControllerTimings } from './reconcile-queue.ts';
